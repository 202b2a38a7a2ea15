import type { ProviderCheckpoint, ProviderEvent, ProviderJob } from '@/integrations/training/training-port';
import { formatMoney } from '@/lib/money';
import { formatDuration } from '@/lib/time';
import type { Tx } from '@/lib/transaction';
import { factOf, isEnded, type JobFact } from '../../job.rules';
import type { JobError, JobStatus } from '../../job.schema';
import { isStalled } from '../../progress.rules';
import type { JobChange, JobRow, NewEvent } from '../job.repository';
import type { JobDeps } from '../job.service';
import { applyFact } from '../job-moves';
import type { TimedMetrics } from '../job-poll.repository';
import { askForEnd } from './cancel-job';
import { accruedCost } from './settle-job';

/** What one poll brought of one job. */
export interface Heard {
  told: ProviderJob;
  events: ProviderEvent[];
  cursor: string | null;
  checkpoints: ProviderCheckpoint[];
}

type Deps = Pick<JobDeps, 'repo' | 'launches' | 'polls' | 'budgets' | 'inTransaction' | 'clock'>;

/** The tuned model's name may come some minutes after the success. */
const NAME_LATER_MS = 10 * 60_000;
/** A provider that no longer knows a job gets this long before we believe it. */
const GONE_MS = 10 * 60_000;

/**
 * Stores news in one transaction: events and metrics once each, figures, cost, and the status that follows. Pages that
 * come twice or out of order change nothing.
 *
 * @param nextPoll told by the row as it is now: somebody may have begun to watch while the provider was asked
 * @returns the status now
 */
export function storeHeard(
  deps: Deps,
  jobId: string,
  heard: Heard,
  nextPoll: (job: JobRow) => Date,
): Promise<JobStatus | null> {
  return deps.inTransaction(async (tx) => {
    const job = await deps.repo.lock(tx, jobId);
    if (!job || isEnded(job.status)) return job?.status ?? null;
    const now = deps.clock.now();
    const metrics = metricsOf(heard.events);
    await deps.polls.saveMetrics(tx, job.id, metrics);
    const fresh = await deps.polls.saveCheckpoints(tx, job.id, heard.checkpoints);
    const figures = figuresOf(job, heard, metrics);
    const current = { ...job, ...figures };
    const accrued = accruedCost(current)?.amount ?? job.accruedNanoUsd;
    const news = [...heard.events.map(toEvent), ...fresh.map(checkpointEvent)];
    const progress = news.length > 0 || figures.providerStatus !== job.providerStatus;
    await deps.repo.change(tx, job.id, {
      ...{ ...figures, accruedNanoUsd: accrued, providerCursor: heard.cursor, nextPollAt: nextPoll(job) },
      ...(progress && { progressAt: now, stalledAt: null }),
    });
    if (progress) await deps.repo.append(tx, job, news);
    const heardAt = progress ? now : (job.progressAt ?? now);
    const moved = await applyFact(deps, tx, current, endOf(current, heard.told, { now, heardAt }));
    const status = moved ?? job.status;
    if (isEnded(status)) return status;
    if (job.capNanoUsd !== null && accrued >= job.capNanoUsd && status !== 'cancelling') {
      const reason = `The cost so far (${formatMoney(accrued)}) has reached the cap of ${formatMoney(job.capNanoUsd)}.`;
      return (await askForEnd(deps, tx, job.id, reason))?.status ?? status;
    }
    if (!progress && status === 'running') await watchForStall(deps, tx, job, now);
    return status;
  });
}

function figuresOf(job: JobRow, { told }: Heard, metrics: readonly TimedMetrics[]) {
  const last = metrics.reduce<TimedMetrics | null>((a, b) => (a && a.step >= b.step ? a : b), null);
  const counted = metrics.reduce<number>((most, point) => Math.max(most, point.trainedTokens ?? 0), 0);
  const before = job.trainedTokens ?? 0n;
  const byEvents = BigInt(counted) > before ? BigInt(counted) : job.trainedTokens;
  return {
    providerStatus: told.rawState,
    lastStep: Math.max(job.lastStep, last?.step ?? 0),
    totalSteps: told.totalSteps ?? last?.totalSteps ?? job.totalSteps,
    trainedTokens: told.trainedTokens === null ? byEvents : BigInt(told.trainedTokens),
    tunedModelId: told.fineTunedModel ?? job.tunedModelId,
  } satisfies JobChange;
}

/**
 * The fact that a provider's answer is, with what belongs to an end.
 * @param times both by our clock, as the provider's may be hours off: `heardAt` is when its last news came
 */
function endOf(
  job: JobRow,
  told: ProviderJob,
  { now, heardAt }: { now: Date; heardAt: Date },
): Parameters<typeof applyFact>[3] {
  const fact: JobFact = factOf(told.state);
  const providerTime = told.finishedAt ? { providerTime: told.finishedAt } : {};
  if (fact === 'succeeded' && !job.tunedModelId) {
    if (now.getTime() - heardAt.getTime() < NAME_LATER_MS) return { fact: 'working' };
    return failure('jobs.no_model', 'The provider calls the job succeeded but names no model.', told, providerTime);
  }
  if (fact === 'failed') {
    const why = told.error?.message ?? 'The provider gives no reason.';
    return failure('jobs.training_failed', `Training failed at the provider: ${why}`, told, providerTime);
  }
  return { fact, ...providerTime };
}

function failure(reason: string, message: string, told: ProviderJob, more: { providerTime?: Date }) {
  const error: JobError = {
    reason,
    message,
    nextStep: 'Read the events below, set right what they name, and launch again.',
    evidence: { state: told.rawState, error: told.error },
  };
  return { fact: 'failed' as const, change: { error: error as object }, message, ...more };
}

/** Events that came after the end: stored like all others, without a say in the status. */
export function storeLate(
  { repo, polls, inTransaction }: Pick<Deps, 'repo' | 'polls' | 'inTransaction'>,
  job: JobRow,
  events: readonly ProviderEvent[],
  cursor: string,
): Promise<number> {
  return inTransaction(async (tx) => {
    await repo.lock(tx, job.id);
    await polls.saveMetrics(tx, job.id, metricsOf(events));
    await repo.change(tx, job.id, { providerCursor: cursor });
    return events.length === 0 ? 0 : repo.append(tx, job, events.map(toEvent));
  });
}

const metricsOf = (events: readonly ProviderEvent[]): TimedMetrics[] =>
  events.flatMap(({ metrics, time }) => (metrics ? [{ ...metrics, time }] : []));

const toEvent = ({ id, time, level, message, metrics }: ProviderEvent): NewEvent => ({
  type: metrics ? 'metric' : 'message',
  ...{ level, message, providerEventId: id, providerTime: time },
  ...(metrics && { data: { ...metrics, providerTime: time.toISOString() } }),
});

const checkpointEvent = ({ step, modelId, createdAt }: ProviderCheckpoint): NewEvent => ({
  type: 'checkpoint',
  message: `Checkpoint at step ${step}.`,
  data: { step, providerModelId: modelId },
  providerTime: createdAt,
});

async function watchForStall({ repo, clock }: Deps, tx: Tx, job: JobRow, now: Date): Promise<void> {
  if (job.stalledAt || !job.progressAt) return;
  const ranMs = job.progressAt.getTime() - (job.runningAt ?? job.progressAt).getTime();
  const stepMs = job.lastStep > 0 ? ranMs / job.lastStep : null;
  if (!isStalled(job.progressAt, now, stepMs)) return;
  await repo.change(tx, job.id, { stalledAt: clock.now() });
  const silence = formatDuration(now.getTime() - job.progressAt.getTime());
  const message = `Nothing was heard of this job for ${silence} (last step ${job.lastStep}). It may be stuck: wait, or cancel it.`;
  await repo.append(tx, job, [{ type: 'warning', level: 'warn', message, data: { lastStep: job.lastStep } }]);
}

/** The provider says that it has no such job. Believed after a while: lists and reads of a provider may disagree for minutes. */
export function storeGone(deps: Deps, jobId: string, nextPoll: (job: JobRow) => Date): Promise<void> {
  return deps.inTransaction(async (tx) => {
    const job = await deps.repo.lock(tx, jobId);
    if (!job || isEnded(job.status)) return;
    const heardAt = job.progressAt ?? job.runningAt ?? job.createdAt;
    if (deps.clock.now().getTime() - heardAt.getTime() < GONE_MS) {
      await deps.repo.change(tx, jobId, { nextPollAt: nextPoll(job) });
      return;
    }
    const error: JobError = {
      reason: 'jobs.gone_at_provider',
      message:
        'The provider no longer knows this job: it was deleted there, its data was lost, or the connection was moved to another address or account.',
      nextStep:
        'Look at the provider’s own page: a job that still runs there has to be cancelled there. Then launch again.',
    };
    await applyFact(deps, tx, job, { fact: 'failed', change: { error: error as object }, message: error.message });
  });
}
