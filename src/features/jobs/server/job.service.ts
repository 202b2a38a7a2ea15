import type { BudgetService } from '@/features/budgets/server';
import type { DatasetService } from '@/features/datasets/server';
import type { ModelService } from '@/features/models/server';
import type { ProviderService } from '@/features/providers/server';
import type { Actor } from '@/lib/actor';
import type { Clock } from '@/lib/clock';
import type { InTransaction, Tx } from '@/lib/transaction';
import type { JobQueries } from './job.queries';
import type { JobRepository } from './job.repository';
import type { LaunchRepository } from './job-launch.repository';
import type { PollRepository } from './job-poll.repository';
import type { StreamQueries } from './job-stream.queries';
import { cancelJob, cancelJobs } from './use-cases/cancel-job';
import { claimRun, failRun, readState } from './use-cases/claim-run';
import { evaluateJob } from './use-cases/evaluate-job';
import { fitVersion } from './use-cases/fit-version';
import { launchJob } from './use-cases/launch-job';
import { deleteJob, updateJob } from './use-cases/manage-jobs';
import { planJob } from './use-cases/plan-job';
import { dueConnections, pollConnection, readLastEvents } from './use-cases/poll-connection';
import { deleteFiles, prepareFiles } from './use-cases/prepare-files';
import { getJob, listEvents, listJobs, listMetrics } from './use-cases/read-jobs';
import { reconcileJobs } from './use-cases/reconcile-jobs';
import { resolveUnknown } from './use-cases/resolve-unknown';
import { settleJob } from './use-cases/settle-job';
import { launchDefaults, submitJob } from './use-cases/submit-job';
import { watchJob } from './use-cases/watch-job';

export interface JobDeps {
  repo: JobRepository;
  launches: LaunchRepository;
  polls: PollRepository;
  queries: JobQueries;
  streams: StreamQueries;
  inTransaction: InTransaction;
  clock: Clock;
  audit(
    tx: Tx,
    actor: Actor,
    entry: { action: string; subject: string; subjectId: string; details?: Record<string, unknown> },
  ): Promise<void>;
  providers: Pick<
    ProviderService,
    'open' | 'claim' | 'baseModel' | 'listBaseModels' | 'lease' | 'noteFailure' | 'ensureBuiltin'
  >;
  datasets: Pick<DatasetService, 'snapshot' | 'claimVersion' | 'splitFile' | 'holdout' | 'contents' | 'shutOut'>;
  budgets: Pick<
    BudgetService,
    'estimateTraining' | 'priceFor' | 'hold' | 'settle' | 'release' | 'charge' | 'assertCanSpend'
  >;
  models: Pick<ModelService, 'register' | 'saveProof'>;
}

/** The life of a fine-tuning job: what people do with it, the steps of its durable run, and what keeps it true. */
export const createJobService = (deps: JobDeps) => ({
  list: listJobs(deps),
  get: getJob(deps),
  plan: planJob(deps),
  fit: fitVersion(deps),
  submit: submitJob(deps),
  launchDefaults: launchDefaults(deps),
  update: updateJob(deps),
  cancel: cancelJob(deps),
  resolveUnknown: resolveUnknown(deps),
  delete: deleteJob(deps),
  events: listEvents(deps),
  metrics: listMetrics(deps),
  watch: watchJob(deps),
  counts: deps.queries.counts,

  // Steps of `run-job`. Each is idempotent by job id.
  claim: claimRun(deps),
  prepare: prepareFiles(deps),
  launch: launchJob(deps),
  state: readState(deps),
  settle: settleJob(deps),
  readLastEvents: readLastEvents(deps),
  evaluate: evaluateJob(deps),
  deleteFiles: deleteFiles(deps),
  fail: failRun(deps),

  // What keeps jobs true beside their runs.
  dueConnections: dueConnections(deps),
  pollConnection: pollConnection(deps),
  reconcile: reconcileJobs(deps),
  cancelCovered: cancelJobs(deps),
});

export type JobService = ReturnType<typeof createJobService>;
