import { isTerminalState, type ProviderJob } from '@/integrations/training/training-port';
import type { Tx } from '@/lib/transaction';
import { logger } from '@/platform/logger/logger';
import { addToOutbox } from '@/platform/outbox/outbox';
import { isEnded } from '../../job.rules';
import { jobSubmitted } from '../job.events';
import type { JobRow } from '../job.repository';
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
    for (const job of abandoned) {
      try {
        if (isEnded(job.status)) {
          await settleJob(deps)(job.id);
          counts.settled++;
        }
        if (await giveRun(deps, job)) counts.restarted++;
      } catch (error) {
        // One job that cannot be put right must not keep the others waiting, minute after minute.
        logger.error({ jobId: job.id, err: String(error) }, 'a job could not be put right, trying again');
      }
    }
    return counts;
  };

function giveRun(deps: JobDeps, seen: JobRow): Promise<boolean> {
  return deps.inTransaction(async (tx) => {
    const job = await deps.repo.lock(tx, seen.id);
    const changed = job?.generation !== seen.generation || job.heartbeatAt?.getTime() !== seen.heartbeatAt?.getTime();
    if (!job || changed || (isEnded(job.status) && job.status !== 'succeeded')) return false;
    if (job.status === 'queued' && job.runOwner === null) await sendAgain(deps, tx, job);
    else await startAgain(deps, tx, job);
    return true;
  });
}

/**
 * Nobody has begun: the event may be lost, or wait behind many others. The generation stays, so that whichever of the two
 * events comes first is taken: with a new one each time, an engine that is minutes behind would never begin a job.
 */
async function sendAgain({ repo, clock }: JobDeps, tx: Tx, job: JobRow): Promise<void> {
  const at = clock.now();
  await repo.change(tx, job.id, { heartbeatAt: at });
  await addToOutbox(tx, jobSubmitted(job, job.generation, at));
}

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
        if (!reported.has(job.id)) await report(deps, connectionId, job, row);
        // Until it has ended: one cancel that was not taken must not be the last.
        if (row && !isTerminalState(job.state)) await stop(open, job.id);
      }
    } catch (error) {
      logger.warn({ connectionId, err: String(error) }, 'could not look for stray jobs');
    }
  }
  return stray;
}

async function report(
  deps: JobDeps,
  connectionId: string,
  stray: ProviderJob,
  row: { id: string; workspaceId: string } | undefined,
): Promise<void> {
  const line = { connectionId, providerJobId: stray.id, jobId: row?.id };
  logger.error(line, 'a job at the provider carries a tag of ours and is not ours');
  if (row) {
    const message = `The provider has a job ${stray.id} with this job's launch token that is not this job. It is being cancelled there.`;
    const event = { type: 'warning', level: 'error', message, data: { providerJobId: stray.id } } as const;
    await deps.inTransaction((tx) => deps.repo.append(tx, row, [{ ...event, providerEventId: `stray-${stray.id}` }]));
  }
  reported.add(stray.id);
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
