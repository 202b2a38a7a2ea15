import { randomBytes, randomUUID } from 'node:crypto';
import { serve } from 'inngest/edge';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '@/engine/engine';
import { env } from '@/env';
import { closeDatabase, database, inTransaction } from '@/platform/db/database';
import { configureInngest, inngest } from '@/platform/inngest/client';
import { stopListening } from '@/platform/live/listener';
import { deliverOutbox, outboxState, pruneOutbox, runOutbox } from './deliver-outbox';
import { addToOutbox } from './outbox';

let ran: string[] = [];
let engine: Engine;
let stop: AbortController;

/** An engine whose one function writes down which event it ran for. */
beforeEach(() => {
  ran = [];
  stop = new AbortController();
  const signingKey = `signkey-test-${randomBytes(16).toString('hex')}`;
  let handle: ((request: Request) => Promise<Response>) | undefined;
  engine = createEngine({
    connectionString: env.DATABASE_URL,
    signingKey,
    handler: (request) => {
      const fn = inngest().createFunction(
        { id: 'note', triggers: [{ event: 'test/noted' }] },
        async ({ event, step }) => {
          await step.run('write-down', () => {
            ran.push(String(event.data.key));
          });
        },
      );
      handle ??= serve({ client: inngest(), functions: [fn] });
      return handle(request);
    },
  });
  configureInngest({ fetch: engine.fetch, isDev: false, signingKey, eventKey: 'test' });
});
afterEach(async () => {
  stop.abort();
  await engine.stop(1000);
  await database().outboxEvent.deleteMany();
});
afterAll(async () => {
  await stopListening();
  await closeDatabase();
});

async function write(count: number): Promise<string[]> {
  const keys = Array.from({ length: count }, () => randomUUID());
  await inTransaction(async (tx) => {
    for (const key of keys) await addToOutbox(tx, { id: `note-${key}`, name: 'test/noted', data: { key } });
  });
  return keys;
}
const undelivered = () => database().outboxEvent.count({ where: { deliveredAt: null } });
const later = (ms: number) => new Date(Date.now() + ms);

describe('the outbox', () => {
  it('hands over what was committed, and nothing that was not', async () => {
    await engine.start();
    const [key] = await write(1);
    const failed = inTransaction(async (tx) => {
      await addToOutbox(tx, { id: 'never', name: 'test/noted', data: { key: 'never' } });
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow();
    void runOutbox(stop.signal);
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual([key]);
    expect(await undelivered()).toBe(0);
  });

  it('wakes at once, not by its interval', async () => {
    await engine.start();
    void runOutbox(stop.signal);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const from = Date.now();
    const [key] = await write(1);
    await expect.poll(() => ran, { timeout: 10_000, interval: 20 }).toEqual([key]);
    expect(Date.now() - from).toBeLessThan(3000);
  });

  it('keeps events while the engine is down, says so, and delivers them when it is back', async () => {
    const keys = await write(3);
    // The engine is not started: it answers as one that is away.
    expect(await deliverOutbox(new Date())).toBe(0);
    const state = await outboxState();
    expect(state).toMatchObject({ waiting: 3, lastError: expect.any(String) });
    // Not again before its time, so that an engine that is away is not hammered.
    expect(await deliverOutbox(new Date())).toBe(0);
    await engine.start();
    expect(await deliverOutbox(later(120_000))).toBe(3);
    await expect.poll(() => [...ran].sort(), { timeout: 10_000 }).toEqual([...keys].sort());
    expect((await outboxState()).waiting).toBe(0);
  });

  it('gives back what a process took and never delivered', async () => {
    const [key] = await write(1);
    await database().$executeRaw`UPDATE outbox SET attempts = 1, next_try_at = now() + interval '30 s'`;
    await engine.start();
    expect(await deliverOutbox(new Date())).toBe(0);
    expect(await deliverOutbox(later(31_000))).toBe(1);
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual([key]);
  });

  it('runs an event once, however often and by whomever it is delivered', async () => {
    await engine.start();
    const keys = await write(120);
    // As two processes: several deliveries at the same moment, and each event once more as after a lost answer.
    await Promise.all([1, 2, 3].map(() => deliverOutbox(new Date())));
    await Promise.all([1, 2, 3].map(() => deliverOutbox(new Date())));
    expect(await undelivered()).toBe(0);
    await database().outboxEvent.updateMany({ data: { deliveredAt: null, nextTryAt: new Date(0) } });
    while ((await deliverOutbox(new Date())) > 0);
    await expect.poll(() => ran.length, { timeout: 20_000 }).toBe(120);
    await expect.poll(async () => (await engine.stats()).runs.running, { timeout: 10_000 }).toBe(0);
    expect([...ran].sort()).toEqual([...keys].sort());
  });

  it('writes one event for one id, and forgets what was delivered long ago', async () => {
    const message = { id: 'same', name: 'test/noted', data: { key: 'same' } };
    await inTransaction((tx) => addToOutbox(tx, message));
    await inTransaction((tx) => addToOutbox(tx, message));
    expect(await undelivered()).toBe(1);
    await database().outboxEvent.updateMany({ data: { deliveredAt: new Date() } });
    expect(await pruneOutbox(new Date())).toBe(0);
    expect(await pruneOutbox(later(8 * 24 * 3600 * 1000))).toBe(1);
  });
});
