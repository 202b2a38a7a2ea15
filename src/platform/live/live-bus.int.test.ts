import { afterAll, describe, expect, it } from 'vitest';
import { closeDatabase, database, inTransaction } from '@/platform/db/database';
import { liveListener, startListening, stopListening } from './listener';
import { liveWakeups, notifyLive } from './live-bus';

afterAll(async () => {
  await stopListening();
  await closeDatabase();
});

/** Counts wake-ups of a topic by their reason until it is stopped. */
function watcher(topic: string) {
  const stop = new AbortController();
  const reasons: string[] = [];
  const ended = (async () => {
    try {
      for await (const reason of liveWakeups([topic], stop.signal)) reasons.push(reason);
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    }
  })();
  return {
    reasons,
    signals: () => reasons.filter((reason) => reason === 'signal').length,
    end: async () => {
      stop.abort();
      await ended;
    },
  };
}

const started = (watch: ReturnType<typeof watcher>) => expect.poll(() => watch.reasons[0]).toBe('start');

async function cutListener(): Promise<void> {
  const cut = await database().$queryRaw<unknown[]>`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE 'LISTEN %' AND pid <> pg_backend_pid()`;
  expect(cut).toHaveLength(1);
}

describe('wake-ups', () => {
  it('reach who watches the topic, and nobody else', async () => {
    const [mine, other] = [watcher('job:1'), watcher('job:2')];
    await Promise.all([started(mine), started(other)]);
    await notifyLive(undefined, 'job:1');
    await expect.poll(mine.signals, { timeout: 2000 }).toBe(1);
    expect(other.signals()).toBe(0);
    await Promise.all([mine.end(), other.end()]);
  });

  it('leave with the commit, and not at all without one', async () => {
    const watch = watcher('job:3');
    await started(watch);
    const failed = inTransaction(async (tx) => {
      await notifyLive(tx, 'job:3');
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    await inTransaction(async (tx) => {
      await notifyLive(tx, 'job:3');
      expect(watch.signals()).toBe(0);
    });
    await expect.poll(watch.signals, { timeout: 2000 }).toBe(1);
    await watch.end();
  });

  it('are few, however many signals come', async () => {
    const watch = watcher('job:4');
    await started(watch);
    const from = Date.now();
    for (let i = 0; i < 100; i++) await notifyLive(undefined, 'job:4');
    const most = Math.ceil((Date.now() - from) / 250) + 2;
    await expect.poll(watch.signals).toBeGreaterThan(0);
    expect(watch.signals()).toBeLessThanOrEqual(most);
    await watch.end();
  });

  it('lose nothing while somebody reads what the last one was about', async () => {
    const stop = new AbortController();
    const wakes = liveWakeups(['job:5'], stop.signal);
    await wakes.next();
    await notifyLive(undefined, 'job:5');
    await expect(wakes.next()).resolves.toMatchObject({ value: 'signal' });
    // The reader is busy with the table now; this one comes in between.
    await notifyLive(undefined, 'job:5');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const from = Date.now();
    await expect(wakes.next()).resolves.toMatchObject({ value: 'signal' });
    expect(Date.now() - from).toBeLessThan(2000);
    await wakes.return(undefined);
    stop.abort();
  });

  it('come after a lost connection, also for what was said while it was away', async () => {
    await startListening();
    const watch = watcher('job:6');
    await started(watch);
    for (let round = 1; round <= 3; round++) {
      const before = watch.signals();
      await cutListener();
      await expect.poll(() => liveListener().client, { timeout: 5000 }).toBeNull();
      await notifyLive(undefined, 'job:6');
      await expect.poll(watch.signals, { timeout: 4000 }).toBeGreaterThan(before);
      await expect.poll(() => liveListener().client, { timeout: 5000 }).not.toBeNull();
      // And the new connection carries signals like the old one.
      const again = watch.signals();
      await notifyLive(undefined, 'job:6');
      await expect.poll(watch.signals, { timeout: 4000 }).toBeGreaterThan(again);
    }
    await watch.end();
  });

  it('end with the process, so that clients resume elsewhere', async () => {
    const wakes = liveWakeups(['job:7'], new AbortController().signal);
    await wakes.next();
    const ended = expect(wakes.next()).rejects.toMatchObject({ name: 'AbortError' });
    await stopListening();
    await ended;
  });
});
