import { tracked } from '@trpc/server';
import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { pageOf } from '@/lib/keyset';
import { router, workspaceProcedure } from '@/platform/trpc/procedures';
import { withMappedErrors } from '@/platform/trpc/stream';
import { fitInput, versionFit } from '../fit.schema';
import {
  type JobUpdate,
  jobDetail,
  jobEventListInput,
  jobEventPage,
  jobListInput,
  jobPlan,
  jobPlanInput,
  jobSubmitInput,
  jobSummary,
  jobUpdateInput,
  metricPoint,
} from '../job.schema';
import type { JobService } from './job.service';

const byId = z.object({ id: idSchema });

export const createJobRouter = (jobs: JobService) =>
  router({
    list: workspaceProcedure
      .input(jobListInput)
      .output(pageOf(jobSummary))
      .query(({ ctx, input }) => jobs.list(ctx.actor, input)),
    get: workspaceProcedure
      .input(byId)
      .output(jobDetail)
      .query(({ ctx, input }) => jobs.get(ctx.actor, input.id)),
    plan: workspaceProcedure
      .input(jobPlanInput)
      .output(jobPlan)
      .query(({ ctx, input }) => jobs.plan(ctx.actor, input)),
    fit: workspaceProcedure
      .input(fitInput)
      .output(versionFit)
      .query(({ ctx, input }) => jobs.fit(ctx.actor, input.versionId)),
    create: workspaceProcedure
      .input(jobSubmitInput)
      .output(jobSummary)
      .mutation(({ ctx, input }) => jobs.submit(ctx.actor, input)),
    update: workspaceProcedure
      .input(jobUpdateInput)
      .output(jobDetail)
      .mutation(({ ctx, input }) => jobs.update(ctx.actor, input)),
    cancel: workspaceProcedure
      .input(byId.extend({ reason: z.string().trim().max(300).optional() }))
      .output(jobDetail)
      .mutation(({ ctx, input }) => jobs.cancel(ctx.actor, input.id, input.reason)),
    resolveUnknown: workspaceProcedure
      .input(byId.extend({ decision: z.enum(['look_again', 'launch_again', 'give_up']) }))
      .output(jobDetail)
      .mutation(({ ctx, input }) => jobs.resolveUnknown(ctx.actor, input.id, input.decision)),
    delete: workspaceProcedure.input(byId).mutation(({ ctx, input }) => jobs.delete(ctx.actor, input.id)),
    events: workspaceProcedure
      .input(jobEventListInput)
      .output(jobEventPage)
      .query(({ ctx, input }) => jobs.events(ctx.actor, input)),
    metrics: workspaceProcedure
      .input(byId.extend({ max: z.number().int().min(10).max(5000).default(1000) }))
      .output(z.array(metricPoint))
      .query(({ ctx, input }) => jobs.metrics(ctx.actor, input.id, input.max)),
    /** Resumable: the id of each message is the seq of the last event in it. */
    watch: workspaceProcedure
      .input(byId.extend({ after: z.number().int().nonnegative().default(0), lastEventId: z.string().nullish() }))
      .subscription(async function* ({ ctx, input, signal }) {
        const resumed = Number.parseInt(input.lastEventId ?? '', 10);
        const after = Number.isSafeInteger(resumed) ? resumed : input.after;
        const updates = jobs.watch(ctx.actor, input.id, after, signal ?? new AbortController().signal);
        yield* withMappedErrors(numbered(updates), ctx.requestId);
      }),
  });

async function* numbered(updates: AsyncIterable<JobUpdate>) {
  for await (const update of updates) yield tracked(String(update.job.lastEventSeq), update);
}
