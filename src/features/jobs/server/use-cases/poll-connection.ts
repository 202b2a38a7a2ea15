import type { OpenConnection } from '@/features/providers/server';
import { isProviderFailure } from '@/integrations/provider-failure';
import { isTerminalState, type ProviderJob, type TrainingProvider } from '@/integrations/training/training-port';
import { logger } from '@/platform/logger/logger';
import { isEnded } from '../../job.rules';
import { pollEveryMs } from '../../progress.rules';
import type { JobRow } from '../job.repository';
import type { JobDeps } from '../job.service';
import { adopt, stop } from './adopt-job';
import { type Heard, storeGone, storeHeard, storeLate } from './store-heard';

/** Longer than a poll usually takes; a process that dies gives the connection back after so long. */
const LEASE_MS = 10_000;
/** Of a poll that takes longer (many jobs, a slow provider) the lease is prolonged so often. */
const PROLONG_MS = 4_000;
const PAGE = 100;

type Deps = Pick<JobDeps, 'repo' | 'launches' | 'polls' | 'providers' | 'budgets' | 'inTransaction' | 'clock'>;

/** How often a connection failed in a row, in this process: only to slow down. */
const failures = new Map<string, number>();

/**
 * Reads what is new of every open job of one connection: one list call for all of them (per 100), and more only of jobs
 * that changed, are watched, or whose turn it is.
 */
export const pollConnection =
  (deps: Deps) =>
  async (connectionId: string, owner: string): Promise<{ polled: number }> => {
    const jobs = await deps.polls.openJobs(connectionId);
    const workspaceId = jobs[0]?.workspaceId;
    if (!workspaceId || !(await deps.providers.lease(connectionId, owner, LEASE_MS))) return { polled: 0 };
    try {
      const open = await deps.providers.open(workspaceId, connectionId);
      const seen = await listAll(open.training, jobs);
      const prolong = () => deps.providers.lease(connectionId, owner, LEASE_MS);
      const left = await pollEach(deps, open, jobs, { seen, prolong });
      if (left === null) failures.delete(connectionId);
      else await fellShort(deps, workspaceId, connectionId, left);
    } catch (error) {
      await fellShort(deps, workspaceId, connectionId, { error, jobs, concernsAll: true });
    }
    return { polled: jobs.length };
  };

interface Left {
  error: unknown;
  jobs: readonly JobRow[];
  /** It is the provider, not one of its jobs: everybody is asked less often. */
  concernsAll: boolean;
}

/**
 * A job whose news cannot be read or stored does not keep the others from theirs: only when the provider answers nobody
 * (three in a row), wants a pause or does not take the key is the rest left for the next turn.
 *
 * @returns what has to be tried again, or null
 */
async function pollEach(
  deps: Deps,
  open: OpenConnection,
  jobs: readonly JobRow[],
  { seen, prolong }: { seen: readonly ProviderJob[]; prolong: () => Promise<boolean> },
): Promise<Left | null> {
  const failed: JobRow[] = [];
  let error: unknown;
  let inARow = 0;
  let leasedAt = Date.now();
  for (const [index, job] of jobs.entries()) {
    if (Date.now() - leasedAt > PROLONG_MS) {
      if (!(await prolong())) break;
      leasedAt = Date.now();
    }
    try {
      await pollJob(deps, open, job, seen);
      inARow = 0;
    } catch (thrown) {
      error = thrown;
      failed.push(job);
      inARow++;
      logger.warn({ jobId: job.id, err: String(thrown) }, 'the news of a job could not be read, trying again');
      const concernsAll = isProviderFailure(thrown) && (thrown.class === 'rate_limit' || thrown.class === 'auth');
      if (concernsAll || inARow >= 3) return { error, jobs: [...failed, ...jobs.slice(index + 1)], concernsAll: true };
    }
  }
  return failed.length > 0 ? { error, jobs: failed, concernsAll: failed.length === jobs.length } : null;
}

async function fellShort(deps: Deps, workspaceId: string, connectionId: string, left: Left): Promise<void> {
  const { error, jobs, concernsAll } = left;
  if (concernsAll) failures.set(connectionId, (failures.get(connectionId) ?? 0) + 1);
  else failures.delete(connectionId);
  await deps.providers.noteFailure(workspaceId, connectionId, error).catch(() => undefined);
  logger.warn({ connectionId, err: String(error) }, 'poll failed, trying again');
  for (const job of jobs) await deps.repo.change(undefined, job.id, { nextPollAt: nextPoll(deps, job) });
}

/** Newest first, until every job was seen: normally one call. */
async function listAll(training: TrainingProvider, jobs: readonly JobRow[]): Promise<ProviderJob[]> {
  const missing = new Set(jobs.flatMap((job) => job.providerJobId ?? []));
  const seen: ProviderJob[] = [];
  let cursor: string | null = null;
  for (let pages = Math.ceil(jobs.length / PAGE); pages > 0; pages--) {
    const page = await training.listJobs(cursor);
    seen.push(...page.items);
    for (const job of page.items) missing.delete(job.id);
    cursor = page.nextCursor;
    if (cursor === null || missing.size === 0) break;
  }
  return seen;
}

async function pollJob(deps: Deps, open: OpenConnection, job: JobRow, seen: readonly ProviderJob[]): Promise<void> {
  if (!job.providerJobId) {
    const file = job.trainingFileId;
    const ours = seen.filter(
      ({ tag, trainingFileId }) => tag === job.launchToken || (file !== null && trainingFileId === file),
    );
    if (ours.length > 0) await adopt(deps, job, ours, open);
    else await deps.repo.change(undefined, job.id, { nextPollAt: nextPoll(deps, job) });
    return;
  }
  const listed = seen.find((candidate) => candidate.id === job.providerJobId);
  const now = deps.clock.now();
  const ended = listed !== undefined && isTerminalState(listed.state);
  if (listed && !ended && !changed(job, listed) && !isWatched(job, now) && !isDue(job, now)) return;
  try {
    const told = listed && !ended ? listed : await open.training.getJob(job.providerJobId);
    const heard = await readMore(open, job, told);
    const after = await storeHeard(deps, job.id, heard, (row) => nextPoll(deps, row));
    const providerStops = told.state === 'cancelling' || isTerminalState(told.state);
    if (after === 'cancelling' && !providerStops) await stop(open, job.providerJobId);
  } catch (error) {
    if (!isProviderFailure(error) || error.class !== 'not_found') throw error;
    await storeGone(deps, job.id, (row) => nextPoll(deps, row));
  }
}

async function readMore({ training, caps }: OpenConnection, job: JobRow, told: ProviderJob): Promise<Heard> {
  const nothing = { items: [], nextCursor: job.providerCursor };
  const { items, nextCursor } = caps.events ? await training.listEvents(told.id, job.providerCursor) : nothing;
  const epochEnded = items.some((event) => event.metrics?.fullValidLoss != null);
  const wanted = caps.checkpoints && (isTerminalState(told.state) || epochEnded);
  const checkpoints = wanted ? await training.listCheckpoints(told.id) : [];
  return { told, events: items, cursor: nextCursor, checkpoints };
}

const changed = (job: JobRow, told: ProviderJob): boolean =>
  told.rawState !== job.providerStatus ||
  (told.trainedTokens !== null && BigInt(told.trainedTokens) !== job.trainedTokens) ||
  (told.fineTunedModel !== null && told.fineTunedModel !== job.tunedModelId);

const isWatched = (job: JobRow, now: Date) => job.watchedUntil !== null && job.watchedUntil > now;
const isDue = (job: JobRow, now: Date) => job.nextPollAt === null || job.nextPollAt <= now;

function nextPoll({ clock }: Pick<Deps, 'clock'>, job: JobRow): Date {
  const now = clock.now();
  const ageMs = now.getTime() - (job.runningAt ?? job.createdAt).getTime();
  const everyMs = pollEveryMs({ watched: isWatched(job, now), ageMs, failures: failures.get(job.connectionId) ?? 0 });
  return new Date(now.getTime() + everyMs);
}

/** Connections whose turn has come, and when the next one's comes. */
export const dueConnections =
  ({ polls }: Pick<JobDeps, 'polls'>) =>
  (now: Date): Promise<{ connectionIds: string[]; nextAt: Date | null }> =>
    polls.due(now);

/** What the provider said in the last moment of a job that has ended. */
export const readLastEvents =
  (deps: Pick<JobDeps, 'repo' | 'polls' | 'providers' | 'inTransaction'>) =>
  async (jobId: string): Promise<{ events: number }> => {
    const job = await deps.repo.find(jobId);
    if (!job?.providerJobId || !isEnded(job.status)) return { events: 0 };
    try {
      const open = await deps.providers.open(job.workspaceId, job.connectionId);
      if (!open.caps.events) return { events: 0 };
      const { items, nextCursor } = await open.training.listEvents(job.providerJobId, job.providerCursor);
      return { events: await storeLate(deps, job, items, nextCursor) };
    } catch (error) {
      logger.warn({ jobId, err: String(error) }, 'the last events of a job could not be read');
      return { events: 0 };
    }
  };
