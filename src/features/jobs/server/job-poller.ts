import { newId } from '@/lib/new-id';
import { liveWakeups } from '@/platform/live/live-bus';
import { logger } from '@/platform/logger/logger';
import { POLL_TOPIC } from './job.events';
import type { JobService } from './job.service';

/** Between two rounds at least: a connection that another process polls stays due for a moment. */
const MIN_WAIT_MS = 200;
const MAX_WAIT_MS = 5_000;

type Jobs = Pick<JobService, 'dueConnections' | 'pollConnection'>;

/**
 * Polls due connections until the signal, in every process; leases see to it that each is polled by one of them.
 * Woken when somebody opens a monitor or a job is launched, else when the next job's turn comes. No connection waits for
 * another: a provider that does not answer must not make the monitors of all others stand still.
 */
export async function startJobPoller(jobs: Jobs, signal: AbortSignal): Promise<void> {
  const owner = newId();
  const busy = new Set<string>();
  while (!signal.aborted) {
    try {
      await pollUntilBroken(jobs, { owner, busy, signal });
    } catch (error) {
      if (signal.aborted) return;
      logger.warn({ err: String(error) }, 'job poller: database not reachable, trying again');
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

interface Poller {
  owner: string;
  /** Connections that are being polled now. */
  busy: Set<string>;
  signal: AbortSignal;
}

async function pollUntilBroken(jobs: Jobs, { owner, busy, signal }: Poller): Promise<void> {
  const wakeups = liveWakeups([POLL_TOPIC], signal);
  let wake = wakeups.next();
  let broken: { error: unknown } | null = null;
  const poll = async (id: string): Promise<void> => {
    busy.add(id);
    try {
      await jobs.pollConnection(id, owner);
    } catch (error) {
      broken = { error };
    } finally {
      busy.delete(id);
    }
  };
  try {
    for (;;) {
      if (broken) throw (broken as { error: unknown }).error;
      const { connectionIds, nextAt } = await jobs.dueConnections(new Date());
      for (const id of connectionIds) if (!busy.has(id)) void poll(id);
      const waitMs = nextAt ? nextAt.getTime() - Date.now() : MAX_WAIT_MS;
      const woken = await Promise.race([wake, pause(Math.min(MAX_WAIT_MS, Math.max(MIN_WAIT_MS, waitMs)))]);
      if (woken) wake = wakeups.next();
    }
  } finally {
    await wakeups.return(undefined).catch(() => undefined);
  }
}

const pause = (ms: number): Promise<undefined> => new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
