import { logger } from '@/platform/logger/logger';
import { isEnded } from '../../job.rules';
import type { JobDeps } from '../job.service';
import { stop } from './adopt-job';
import { startAgain } from './resolve-unknown';
import { settleJob } from './settle-job';

const MINUTE = 60_000;
/** A run gives a sign of life at least every five minutes, so twelve of silence mean that there is none. */
const HEARD_MS = 12 * MINUTE;
const QUEUED_MS = 2 * MINUTE;
const ENDED_MS = 2 * MINUTE;
const STRAY_MS = 24 * 60 * MINUTE;

const reported = new Set<string>();

/**
 * The database is the truth, the engine may forget: jobs without a live run get one, ended jobs get their account settled,
 * and jobs at a provider that carry a tag of ours without being ours are reported.
 */
export const reconcileJobs =
  (deps: JobDeps) => async (): Promise<{ restarted: number; settled: number; stray: number }> => {
    const now = deps.clock.now().getTime();
    const abandoned = await deps.polls.abandoned({
      queuedBefore: new Date(now - QUEUED_MS),
      heardBefore: new Date(now - HEARD_MS),
      endedBefore: new Date(now - ENDED_MS),
    });
    const counts = { restarted: 0, settled: 0, stray: await findStrays(deps, new Date(now - STRAY_MS)) };
    for (const seen of abandoned) {
      if (isEnded(seen.status)) {
        await settleJob(deps)(seen.id);
        counts.settled++;
      }
      await deps.inTransaction(async (tx) => {
        const job = await deps.repo.lock(tx, seen.id);
        if (!job || job.generation !== seen.generation || (isEnded(job.status) && job.status !== 'succeeded')) return;
        await startAgain(deps, tx, job);
        counts.restarted++;
      });
    }
    return counts;
  };

/** One list call per connection that was given jobs in the last day. */
async function findStrays(deps: JobDeps, since: Date): Promise<number> {
  let stray = 0;
  for (const { connectionId, workspaceId } of await deps.polls.recentConnections(since)) {
    try {
      const open = await deps.providers.open(workspaceId, connectionId);
      const { items } = await open.training.listJobs(null);
      const tagged = items.filter((job) => job.tag !== null && isUuid(job.tag));
      const rows = await deps.polls.byTokens(tagged.flatMap((job) => job.tag ?? []));
      for (const job of tagged) {
        const row = rows.find((candidate) => candidate.launchToken === job.tag);
        const settledOtherwise =
          row && row.providerJobId !== job.id && (row.providerJobId !== null || isEnded(row.status));
        if (row && !settledOtherwise) continue;
        stray++;
        if (reported.has(job.id)) continue;
        reported.add(job.id);
        logger.error(
          { connectionId, providerJobId: job.id, jobId: row?.id },
          'a job at the provider carries a tag of ours and is not ours',
        );
        if (!row) continue;
        const message = `The provider has a job ${job.id} with this job's launch token that is not this job. It is being cancelled there.`;
        await deps.inTransaction((tx) =>
          deps.repo.append(tx, row, [
            {
              type: 'warning',
              level: 'error',
              message,
              data: { providerJobId: job.id },
              providerEventId: `stray-${job.id}`,
            },
          ]),
        );
        if (job.finishedAt === null) await stop(open, job.id);
      }
    } catch (error) {
      logger.warn({ connectionId, err: String(error) }, 'could not look for stray jobs');
    }
  }
  return stray;
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
