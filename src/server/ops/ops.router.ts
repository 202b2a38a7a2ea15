import 'server-only';
import { z } from 'zod';
import type { RunDetails } from '@/engine/inspect';
import { usesEmbeddedEngine } from '@/env';
import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/app-error';
import { pageInput } from '@/lib/keyset';
import { database } from '@/platform/db/database';
import { outboxState } from '@/platform/outbox/deliver-outbox';
import { router, workspaceProcedure } from '@/platform/trpc/procedures';
import { durableEngine } from '../durable';
import { readHealth } from '../health';

const opsProcedure = workspaceProcedure.use(({ ctx, next }) => {
  ctx.actor.require('ops:read');
  return next();
});

const runsOf = ({ workspaceId }: Actor) => ({ field: 'workspaceId', value: workspaceId });

/**
 * What an operator looks at: health of the parts, and the runs of the embedded executor: those of the workspace, and the
 * installation's own (schedules), whose results count what belongs to everybody and are therefore left out.
 */
export const createOpsRouter = () =>
  router({
    overview: opsProcedure.query(async ({ ctx }) => {
      const engine = durableEngine();
      const alone = await isOnlyWorkspace();
      const [health, outbox, stats] = await Promise.all([
        readHealth(),
        outboxState(alone ? null : ctx.actor.workspaceId),
        // Counted over the installation: beside other workspaces these would be figures of theirs.
        alone ? (engine?.stats() ?? null) : null,
      ]);
      return { health, outbox, stats, embedded: usesEmbeddedEngine(), functions: engine?.functions() ?? [] };
    }),
    runs: opsProcedure
      .input(
        pageInput.extend({
          status: z.enum(['queued', 'running', 'completed', 'failed', 'cancelled']).optional(),
          functionId: z.string().max(200).optional(),
        }),
      )
      .query(({ ctx, input }) => embedded().listRuns({ ...input, visibleTo: runsOf(ctx.actor) })),
    run: opsProcedure.input(z.object({ id: z.string().min(1).max(40) })).query(async ({ ctx, input }) => {
      const run = await embedded().getRun(input.id, runsOf(ctx.actor));
      return run && (run.eventName === SCHEDULE ? withoutResults(run) : run);
    }),
  });

const isOnlyWorkspace = async (): Promise<boolean> =>
  (await database().workspace.findMany({ take: 2, select: { id: true } })).length === 1;

/** Name that Inngest gives the event of a schedule's tick. */
const SCHEDULE = 'inngest/scheduled.timer';

const withoutResults = (run: RunDetails): RunDetails => ({
  ...run,
  output: null,
  steps: run.steps.map((step) => ({ ...step, data: null })),
});

function embedded() {
  const engine = durableEngine();
  if (engine) return engine;
  throw new AppError({
    kind: 'precondition_failed',
    reason: 'ops.not_embedded',
    message: 'Durable functions run on an Inngest server here. Look at its dashboard for runs and steps.',
  });
}
