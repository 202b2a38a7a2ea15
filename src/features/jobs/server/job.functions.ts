import { cron, type InngestFunction, NonRetriableError } from 'inngest';
import { AppError } from '@/lib/app-error';
import { newId } from '@/lib/new-id';
import { errorTable } from '@/platform/errors/error-table';
import { inngest } from '@/platform/inngest/client';
import { BUDGET_BREACHED, JOB_SETTLED, JOB_SUBMITTED } from './job.events';
import type { JobService } from './job.service';

/**
 * Seconds between two looks at a job whose news got lost (an event that comes just before the wait begins is): about a
 * quarter of the time waited so far, at most five minutes. The reconciliation counts on that limit.
 */
const lookAfter = (looks: number): string => `${Math.round(Math.min(300, 4 * 1.25 ** looks))}s`;
/** The engine takes 1000 steps a run; before that a job that runs for days is handed to a new run. */
const MAX_LOOKS = 300;

const ended = new Set(['succeeded', 'failed', 'cancelled']);

/** A step that a person must help with is not repeated; everything else is. */
async function once<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const stop = error instanceof AppError && errorTable[error.kind].background === 'stop';
    throw stop ? new NonRetriableError(error.message, { cause: error }) : error;
  }
}

/** Runs a step until it has nothing more to wait for. */
async function repeat(
  run: () => Promise<{ waitMs: number | null }>,
  rest: (ms: number) => Promise<unknown>,
): Promise<void> {
  for (;;) {
    const { waitMs } = await run();
    if (waitMs === null) return;
    if (waitMs > 0) await rest(waitMs);
  }
}

const seconds = (ms: number) => `${Math.max(1, Math.ceil(ms / 1000))}s`;

const createRunJob = (jobs: JobService): InngestFunction.Like =>
  inngest().createFunction(
    {
      id: 'run-job',
      name: 'Run a fine-tuning job',
      triggers: [{ event: JOB_SUBMITTED }],
      retries: 8,
      onFailure: async ({ event, error }) => {
        const { jobId, generation } = event.data.event.data as { jobId: string; generation: number };
        const message = `The run of this job broke. ${error.message}`;
        await jobs.fail(jobId, { generation, runId: event.data.run_id }, { reason: 'jobs.run_broke', message });
      },
    },
    async ({ event, step, runId }) => {
      const { jobId, generation } = event.data as { jobId: string; generation: number };
      let state = await step.run('claim-run', () => once(jobs.claim(jobId, generation, runId)));
      if (state.superseded) return { status: state.status, superseded: true };

      const rest = (name: string) => (ms: number) => step.sleep(name, seconds(ms));
      await repeat(() => step.run('prepare-files', () => once(jobs.prepare(jobId))), rest('wait-for-provider'));
      for (let looks = 0; looks < MAX_LOOKS; looks++) {
        state = await step.run('check-state', () => jobs.state(jobId, generation));
        if (state.superseded || ended.has(state.status)) break;
        if (state.toLaunch)
          await repeat(() => step.run('launch', () => once(jobs.launch(jobId))), rest('wait-before-looking-again'));
        else
          await step.waitForEvent('wait-until-settled', {
            ...{ event: JOB_SETTLED, match: 'data.jobId', timeout: lookAfter(looks) },
          });
      }
      if (state.superseded || !ended.has(state.status)) return { status: state.status, superseded: state.superseded };

      const { status, modelId } = await step.run('register-model-and-settle', () => once(jobs.settle(jobId)));
      await step.run('read-last-events', () => jobs.readLastEvents(jobId));
      if (modelId)
        await repeat(() => step.run('evaluate-held-out', () => once(jobs.evaluate(jobId))), rest('wait-for-model'));
      await step.run('delete-provider-files', () => once(jobs.deleteFiles(jobId)));
      return { status, modelId };
    },
  );

/** Every durable function of jobs. */
export const createJobFunctions = (jobs: JobService): InngestFunction.Like[] => {
  const owner = newId();
  return [
    createRunJob(jobs),
    inngest().createFunction(
      { id: 'poll-connections', name: 'Read news of running jobs', triggers: [cron('* * * * *')], retries: 0 },
      async ({ step }) => {
        // Every process polls on its own as well; this is the net below, for a process whose loop has died.
        await step.run('poll-due-connections', async () => {
          const { connectionIds } = await jobs.dueConnections(new Date());
          for (const id of connectionIds) await jobs.pollConnection(id, owner);
          return { polled: connectionIds.length };
        });
      },
    ),
    inngest().createFunction(
      { id: 'reconcile', name: 'Put jobs right that nobody looks after', triggers: [cron('* * * * *')], retries: 0 },
      async ({ step }) => step.run('reconcile-jobs', () => jobs.reconcile()),
    ),
    inngest().createFunction(
      {
        id: 'cancel-over-budget',
        name: 'Cancel jobs over a budget',
        triggers: [{ event: BUDGET_BREACHED }],
        retries: 5,
      },
      async ({ event, step }) => {
        const { workspaceId, connectionId } = event.data as { workspaceId: string; connectionId: string | null };
        const scope = { workspaceId, ...(connectionId && { connectionId }) };
        const reason = 'A budget that covers this job is used up.';
        return step.run('cancel-covered-jobs', () => once(jobs.cancelCovered(scope, reason)));
      },
    ),
  ];
};
