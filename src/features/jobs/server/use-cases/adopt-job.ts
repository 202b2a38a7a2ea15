import type { OpenConnection } from '@/features/providers/server';
import { isProviderFailure } from '@/integrations/provider-failure';
import type { ProviderJob } from '@/integrations/training/training-port';
import { notifyLive } from '@/platform/live/live-bus';
import { logger } from '@/platform/logger/logger';
import { addToOutbox } from '@/platform/outbox/outbox';
import { isEnded } from '../../job.rules';
import { jobSettled, POLL_TOPIC } from '../job.events';
import { type JobRow, type NewEvent, noError } from '../job.repository';
import type { JobDeps } from '../job.service';
import type { Attempt } from '../job-launch.repository';
import { applyFact } from '../job-moves';

type Deps = Pick<JobDeps, 'repo' | 'launches' | 'inTransaction' | 'clock'>;

/**
 * Records which job at the provider is ours: just created (`made` = the attempt that did it), or found by its token.
 * Of several, the oldest is ours and the others are told to a person: they cost money.
 */
export async function adopt(
  deps: Deps,
  seen: JobRow,
  found: readonly ProviderJob[],
  open: OpenConnection,
  made?: Attempt,
): Promise<string> {
  const sorted = found.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const [ours, ...others] = sorted;
  if (!ours) return seen.status;
  const after = await deps.inTransaction(async (tx) => {
    const job = await deps.repo.lock(tx, seen.id);
    if (!job) return null;
    const attempt = made ?? (await deps.launches.newest(tx, job.id));
    const at = deps.clock.now();
    if (attempt)
      await deps.launches.settle(tx, attempt.id, made ? 'accepted' : 'adopted', {
        response: { id: ours.id, status: ours.rawState, createdAt: ours.createdAt.toISOString() },
        providerJobId: ours.id,
        at,
      });
    if (job.providerJobId) return job;
    const late = isEnded(job.status);
    const change = { providerJobId: ours.id, providerStatus: ours.rawState, ...(!late && { nextPollAt: at }) };
    const events = others.map(twin);
    const moved = await applyFact(deps, tx, job, { fact: 'accepted', change: { ...change, error: noError }, events });
    if (!moved) await deps.repo.change(tx, job.id, change);
    if (late) await deps.repo.append(tx, job, [lateNews(ours)]);
    // Wakes a run that waits for a person's word, and the pollers.
    if (job.status === 'unknown') await addToOutbox(tx, jobSettled(job, `found-${job.generation}`));
    await notifyLive(tx, POLL_TOPIC);
    return { ...job, status: moved ?? job.status };
  });
  if (!after) return 'deleted';
  // A cancel that came while the request was on its way, or a job that nobody wants any more.
  if (after.status === 'cancelling' || isEnded(after.status)) await stop(open, ours.id);
  return after.status;
}

const twin = (job: ProviderJob): NewEvent => ({
  type: 'warning',
  level: 'error',
  message: `The provider has another job with the same launch token: ${job.id}. Cancel it there, it may cost money.`,
  data: { providerJobId: job.id },
});

const lateNews = (job: ProviderJob): NewEvent => ({
  type: 'warning',
  level: 'error',
  message: `The provider does have this job (${job.id}), although it had ended here. It is being cancelled there.`,
  data: { providerJobId: job.id },
});

/** Asks the provider for the end. What does not work now is asked again with each poll. */
export async function stop(open: Pick<OpenConnection, 'training'>, providerJobId: string): Promise<void> {
  try {
    await open.training.cancelJob(providerJobId);
  } catch (error) {
    const reason = isProviderFailure(error) ? error.class : 'unknown';
    logger.warn({ providerJobId, reason, err: String(error) }, 'cancel was not taken, trying again with the next poll');
  }
}
