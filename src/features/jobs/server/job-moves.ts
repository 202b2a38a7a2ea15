import type { Tx } from '@/lib/transaction';
import { addToOutbox } from '@/platform/outbox/outbox';
import { isEnded, type JobFact, nextStatus } from '../job.rules';
import type { JobStatus } from '../job.schema';
import { jobSettled } from './job.events';
import type { JobChange, JobRepository, JobRow, NewEvent } from './job.repository';
import type { JobDeps } from './job.service';

const began: Partial<Record<JobStatus, keyof JobChange>> = {
  queued: 'queuedAt',
  preparing: 'preparingAt',
  launching: 'launchingAt',
};

const words: Record<JobStatus, string> = {
  draft: 'The job is a draft.',
  queued: 'The job waits to be prepared.',
  preparing: 'The training files are being handed to the provider.',
  launching: 'The job is being created at the provider.',
  unknown: 'It is not known whether the provider created the job.',
  running: 'The provider has the job.',
  paused: 'The provider has paused the job.',
  cancelling: 'The job is being cancelled.',
  succeeded: 'Training has succeeded.',
  failed: 'The job has failed.',
  cancelled: 'The job is cancelled.',
};

/**
 * Lets a fact have its effect on a job whose row is locked: status, times, stream, and the wake-up of its durable run
 * when it ended. Late or repeated news changes nothing.
 *
 * @returns the status now, or null when nothing changed
 */
export async function applyFact(
  deps: { repo: JobRepository; clock: JobDeps['clock'] },
  tx: Tx,
  job: JobRow,
  news: { fact: JobFact; change?: JobChange; events?: NewEvent[]; message?: string; providerTime?: Date },
): Promise<JobStatus | null> {
  const to = nextStatus(job.status, news.fact);
  if (!to) return null;
  const now = deps.clock.now();
  const start = began[to];
  const ended = isEnded(to);
  const moved = await deps.repo.move(tx, job, to, {
    ...(start && { [start]: now }),
    ...(to === 'running' && !job.runningAt && { runningAt: now, progressAt: now, nextPollAt: now }),
    // Of both it is not known here what runs at the provider: the pollers look.
    ...((to === 'cancelling' || to === 'unknown') && { nextPollAt: now }),
    ...(ended && { endedAt: now, stalledAt: null, nextPollAt: null }),
    ...news.change,
  });
  if (!moved) return null;
  await deps.repo.append(tx, job, [
    ...(news.events ?? []),
    {
      type: 'status',
      level: to === 'failed' ? 'error' : to === 'unknown' ? 'warn' : 'info',
      message: news.message ?? words[to],
      data: { from: job.status, to },
      ...(news.providerTime && { providerTime: news.providerTime }),
    },
  ]);
  if (ended) await addToOutbox(tx, jobSettled(job, 'ended'));
  return to;
}
