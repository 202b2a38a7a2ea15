import 'server-only';
import { z } from 'zod';
import { usesEmbeddedEngine } from '@/env';
import { AppError } from '@/lib/app-error';
import { pageInput } from '@/lib/keyset';
import { outboxState } from '@/platform/outbox/deliver-outbox';
import { router, workspaceProcedure } from '@/platform/trpc/procedures';
import { durableEngine } from '../durable';
import { readHealth } from '../health';

const opsProcedure = workspaceProcedure.use(({ ctx, next }) => {
  ctx.actor.require('ops:read');
  return next();
});

/** What an operator looks at: health of the parts, and the runs of the embedded executor. */
export const createOpsRouter = () =>
  router({
    overview: opsProcedure.query(async () => {
      const engine = durableEngine();
      const [health, outbox, stats] = await Promise.all([readHealth(), outboxState(), engine?.stats() ?? null]);
      return { health, outbox, stats, embedded: usesEmbeddedEngine(), functions: engine?.functions() ?? [] };
    }),
    runs: opsProcedure
      .input(
        pageInput.extend({
          status: z.enum(['queued', 'running', 'completed', 'failed', 'cancelled']).optional(),
          functionId: z.string().max(200).optional(),
        }),
      )
      .query(({ input }) => embedded().listRuns(input)),
    run: opsProcedure
      .input(z.object({ id: z.string().min(1).max(40) }))
      .query(({ input }) => embedded().getRun(input.id)),
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
