import { logger } from '@/platform/logger/logger';
import { isEnded } from '../../job.rules';
import type { JobError } from '../../job.schema';
import type { JobRow } from '../job.repository';
import type { JobDeps } from '../job.service';
import { applyFact } from '../job-moves';
import { releaseHold } from './settle-job';

export interface RunState {
  status: string;
  /** Money settled and model registered. */
  settled: boolean;
  modelId: string | null;
  /** A newer run has taken the job over: this one must stop. */
  superseded: boolean;
  /** It is this run's turn to create the job at the provider, or to find out what became of an attempt. */
  toLaunch: boolean;
}

const gone: RunState = { status: 'deleted', settled: true, modelId: null, superseded: true, toLaunch: false };

const stateOf = (job: JobRow, more: Partial<RunState> = {}): RunState => ({
  ...{ status: job.status, settled: job.chargedNanoUsd !== null, modelId: null, superseded: false },
  toLaunch: job.providerJobId === null && (job.status === 'launching' || job.status === 'cancelling'),
  ...more,
});

/**
 * First step of a run: makes this the one run of the job. A repeated event of the same generation, or an older one that
 * arrives late, gets `superseded`.
 */
export const claimRun =
  (deps: Pick<JobDeps, 'repo' | 'inTransaction' | 'clock'>) =>
  (jobId: string, generation: number, runId: string): Promise<RunState> =>
    deps.inTransaction(async (tx) => {
      const job = await deps.repo.lock(tx, jobId);
      if (!job) return gone;
      const taken = job.runOwner !== null && job.runOwner !== runId && job.heartbeatAt !== null;
      if (job.generation !== generation || taken) return stateOf(job, { superseded: true });
      await deps.repo.change(tx, jobId, { runOwner: runId, heartbeatAt: deps.clock.now() });
      const moved = await applyFact(deps, tx, job, { fact: 'claimed' });
      return stateOf({ ...job, status: moved ?? job.status });
    });

/** What the run decides its next step by; also its sign of life. */
export const readState =
  ({ repo, queries, clock }: Pick<JobDeps, 'repo' | 'queries' | 'clock'>) =>
  async (jobId: string, generation: number): Promise<RunState> => {
    const job = await repo.find(jobId);
    if (!job) return gone;
    const superseded = job.generation !== generation;
    if (!superseded) await repo.change(undefined, jobId, { heartbeatAt: clock.now() });
    const summary = job.chargedNanoUsd === null ? null : await queries.summary(job.workspaceId, jobId);
    return stateOf(job, { modelId: summary?.model?.id ?? null, superseded });
  };

/**
 * A run that broke (and has not been replaced by a newer one) leaves a true state: failed if nothing was sent, unknown if something may have been, and untouched when
 * the provider has the job, for then only the provider says how it ends (a new run is started by the reconciliation).
 */
export const failRun =
  (deps: Pick<JobDeps, 'repo' | 'launches' | 'inTransaction' | 'clock' | 'budgets'>) =>
  async (
    jobId: string,
    run: { generation: number; runId?: string | undefined },
    cause: { reason: string; message: string },
  ): Promise<void> => {
    logger.error({ jobId, reason: cause.reason, message: cause.message }, 'the run of a job broke');
    await deps.inTransaction(async (tx) => {
      const job = await deps.repo.lock(tx, jobId);
      if (!job || isEnded(job.status) || job.providerJobId) return;
      const replaced = run.runId !== undefined && job.runOwner !== null && job.runOwner !== run.runId;
      if (job.generation !== run.generation || replaced) return;
      const attempt = await deps.launches.newest(tx, jobId);
      const sent = attempt !== null && attempt.outcome !== 'rejected';
      const error: JobError = {
        reason: cause.reason,
        message: cause.message,
        nextStep: sent
          ? 'Look at the provider whether the job exists, then choose below what to do.'
          : 'Nothing was launched and nothing is charged. Launch the job again.',
      };
      if (sent) {
        await applyFact(deps, tx, job, { fact: 'launch_unknown', change: { error: error as object } });
        return;
      }
      const to = await applyFact(deps, tx, job, { fact: 'refused', change: { error: error as object } });
      if (to) await releaseHold(deps, tx, job, 'The job failed before anything was launched');
    });
  };
