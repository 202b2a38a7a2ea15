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

/** Longer than a poll takes; a process that dies gives the connection back after so long. */
const LEASE_MS = 10_000;
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
      for (const job of jobs) await pollJob(deps, open, job, seen);
      failures.delete(connectionId);
    } catch (error) {
      failures.set(connectionId, (failures.get(connectionId) ?? 0) + 1);
      await deps.providers.noteFailure(workspaceId, connectionId, error).catch(() => undefined);
      logger.warn({ connectionId, err: String(error) }, 'poll failed, trying again');
      for (const job of jobs) await deps.repo.change(undefined, job.id, { nextPollAt: nextPoll(deps, job) });
    }
    return { polled: jobs.length };
  };

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
