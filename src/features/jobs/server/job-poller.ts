import { newId } from '@/lib/ids';
import { liveWakeups } from '@/platform/live/live-bus';
import { logger } from '@/platform/logger/logger';
import { POLL_TOPIC } from './job.events';
import type { JobService } from './job.service';

/** Between two rounds at least: a connection that another process polls stays due for a moment. */
const MIN_WAIT_MS = 200;
const MAX_WAIT_MS = 5_000;

/**
 * Polls due connections until the signal, in every process; leases see to it that each is polled by one of them.
 * Woken when somebody opens a monitor or a job is launched, else when the next job's turn comes.
 */
export async function startJobPoller(
  jobs: Pick<JobService, 'dueConnections' | 'pollConnection'>,
  signal: AbortSignal,
): Promise<void> {
  const owner = newId();
  while (!signal.aborted) {
    try {
      await pollUntilBroken(jobs, owner, signal);
    } catch (error) {
      if (signal.aborted) return;
      logger.warn({ err: String(error) }, 'job poller: database not reachable, trying again');
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

async function pollUntilBroken(
  jobs: Pick<JobService, 'dueConnections' | 'pollConnection'>,
  owner: string,
  signal: AbortSignal,
): Promise<void> {
  const wakeups = liveWakeups([POLL_TOPIC], signal);
  let wake = wakeups.next();
  try {
    for (;;) {
      const { connectionIds, nextAt } = await jobs.dueConnections(new Date());
      await Promise.all(connectionIds.map((id) => jobs.pollConnection(id, owner)));
      const next = connectionIds.length > 0 ? (await jobs.dueConnections(new Date())).nextAt : nextAt;
      const waitMs = next ? next.getTime() - Date.now() : MAX_WAIT_MS;
      const woken = await Promise.race([wake, pause(Math.min(MAX_WAIT_MS, Math.max(MIN_WAIT_MS, waitMs)))]);
      if (woken) wake = wakeups.next();
    }
  } finally {
    await wakeups.return(undefined).catch(() => undefined);
  }
}

const pause = (ms: number): Promise<undefined> => new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
