import { type Actor, systemActor } from '@/lib/actor';
import type { Tx } from '@/lib/transaction';
import { addToOutbox } from '@/platform/outbox/outbox';
import { jobNotFound } from '../../job.errors';
import { isEnded } from '../../job.rules';
import type { JobDetail } from '../../job.schema';
import { jobSettled } from '../job.events';
import type { JobRow } from '../job.repository';
import type { JobDeps } from '../job.service';
import { applyFact } from '../job-moves';
import { stop } from './adopt-job';
import { getJob } from './read-jobs';
import { releaseHold } from './settle-job';

type Deps = Pick<
  JobDeps,
  'repo' | 'launches' | 'polls' | 'queries' | 'providers' | 'budgets' | 'inTransaction' | 'clock' | 'audit'
>;

/**
 * Honoured in every phase: before a launch it is the end and the hold goes back; while a request is on its way or the
 * provider has the job, the provider is asked, and if the run ended first, that end wins.
 */
export const cancelJob =
  (deps: Deps) =>
  async (actor: Actor, id: string, reason?: string): Promise<JobDetail> => {
    actor.require('jobs:launch');
    const job = await deps.repo.findIn(actor.workspaceId, id);
    if (!job) throw jobNotFound();
    const after = await deps.inTransaction(async (tx) => {
      const now = await askForEnd(deps, tx, id, reason ?? `Cancelled by ${actor.label}.`);
      if (now && !isEnded(job.status))
        await deps.audit(tx, actor, { action: 'job.cancelled', subject: 'job', subjectId: id, details: { reason } });
      return now;
    });
    await tellProvider(deps, after);
    return getJob(deps)(actor, id);
  };

/** Marks a job to be ended. Belongs to a transaction; the provider is told afterwards, and again with each poll. */
export async function askForEnd(
  deps: Pick<JobDeps, 'repo' | 'launches' | 'budgets' | 'clock'>,
  tx: Tx,
  jobId: string,
  reason: string,
): Promise<JobRow | null> {
  const job = await deps.repo.lock(tx, jobId);
  if (!job || isEnded(job.status) || job.status === 'cancelling') return job;
  const attempt = await deps.launches.newest(tx, jobId);
  const nothingSent = !job.providerJobId && (!attempt || attempt.outcome === 'rejected');
  const change = { cancelRequestedAt: deps.clock.now(), cancelReason: reason };
  const fact = nothingSent ? 'withdrawn' : 'cancel_asked';
  const to = await applyFact(deps, tx, job, { fact, change, message: reason });
  if (to === 'cancelled') await releaseHold(deps, tx, job, 'Cancelled before anything was launched');
  // A run that waits for news has to look after a launch whose outcome is not known.
  if (to === 'cancelling') await addToOutbox(tx, jobSettled(job, `cancel-${job.generation}`));
  return { ...job, status: to ?? job.status };
}

export async function tellProvider(deps: Pick<JobDeps, 'providers'>, job: JobRow | null): Promise<void> {
  if (job?.status !== 'cancelling' || !job.providerJobId) return;
  const open = await deps.providers.open(job.workspaceId, job.connectionId).catch(() => null);
  if (open) await stop(open, job.providerJobId);
}

/** A budget with "cancel" was passed: every job that it covers ends, and says why. */
export const cancelJobs =
  (deps: Deps) =>
  async (scope: { workspaceId: string; connectionId?: string }, reason: string): Promise<{ cancelled: number }> => {
    const ids = await deps.polls.openIds(scope.workspaceId, scope.connectionId);
    const actor = systemActor(scope.workspaceId);
    for (const id of ids) await cancelJob(deps)(actor, id, reason);
    return { cancelled: ids.length };
  };
