import { setTimeout as sleep } from 'node:timers/promises';
import { NonRetriableError } from 'inngest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '@/testing/database';
import { createLab } from './lab.functions';

const lab = createLab();
const { fn, log, seen, client } = lab;

beforeAll(async () => lab.start({ connectionString: await testDatabase({ empty: true }) }));
afterAll(() => lab.stop());

fn({ id: 'on-cancelled', triggers: [{ event: 'inngest/function.cancelled' }] }, async ({ event }) =>
  log(`cancelled:${event.data.event.data.k}`, { fn: event.data.function_id, keys: Object.keys(event.data).sort() }),
);

describe.concurrent('invoking functions', () => {
  const child = fn({ id: 'child' }, async ({ event, step }) => {
    await step.run('x', () => log(event.data.k, event.name));
    if (event.data.slow) await step.sleep('z', '30s');
    if (event.data.fail) throw new NonRetriableError('child broke');
    return { got: event.data.v };
  });
  fn({ id: 'invoke' }, async ({ event, step }) => {
    try {
      const data = { ...event.data };
      const result = await step.invoke('i', { function: child, data, timeout: event.data.slow ? '1s' : '30s' });
      await step.run('x', () => log(event.data.k, result));
    } catch (error) {
      const { name, message } = error as Error;
      await step.run('e', () => log(event.data.k, { name, message }));
    }
  });
  it('returns their value', async () => {
    expect(await lab.untilSeen(await lab.send('invoke', { v: 7 }), 2)).toEqual([
      'inngest/function.invoked',
      { got: 7 },
    ]);
  });
  it('throws their error', async () => {
    const got = await lab.untilSeen(await lab.send('invoke', { fail: true }), 2);
    expect(got[1]).toEqual({ name: 'NonRetriableError', message: 'child broke' });
  });
  it('gives up after the timeout', async () => {
    const got = await lab.untilSeen(await lab.send('invoke', { slow: true }), 2);
    expect(got[1]).toEqual({
      name: 'InngestInvokeTimeoutError',
      message: 'Timed out waiting for invoked function to complete',
    });
  });
});

describe.concurrent('cancellation', () => {
  const cancelOn = [{ event: 'c/stop', match: 'data.job' }];
  fn({ id: 'cancel-asleep', cancelOn }, async ({ event, step }) => {
    await step.run('a', () => log(event.data.k, 'a'));
    await step.sleep('z', '2s');
    await step.run('b', () => log(event.data.k, 'b'));
  });
  it('ends the matching run during a sleep, and no other', async () => {
    const [a, b] = [await lab.send('cancel-asleep', { job: 'A' }), await lab.send('cancel-asleep', { job: 'B' })];
    await lab.untilSeen(a, 1);
    await sleep(300);
    await client.send({ name: 'c/stop', data: { job: 'A' } });
    expect(await lab.untilSeen(b, 2)).toEqual(['a', 'b']);
    expect(seen(a)).toEqual(['a']);
    expect(seen(`cancelled:${a}`)).toEqual([
      { fn: 'conf-cancel-asleep', keys: ['event', 'events', 'function_id', 'run_id'] },
    ]);
  });

  fn({ id: 'cancel-busy', cancelOn }, async ({ event, step }) => {
    await step.run('a', async () => {
      log(event.data.k, 'a0');
      await sleep(900);
      log(event.data.k, 'a1');
    });
    await step.run('b', () => log(event.data.k, 'b'));
  });
  it('lets a running step end and throws its result away', async () => {
    const k = await lab.send('cancel-busy', { job: 'C' });
    await lab.untilSeen(k, 1);
    await client.send({ name: 'c/stop', data: { job: 'C' } });
    await sleep(2000);
    expect(seen(k)).toEqual(['a0', 'a1']);
  });

  fn({ id: 'finish-timeout', timeouts: { finish: '1s' } }, async ({ event, step }) => {
    await step.run('a', () => log(event.data.k, 'a'));
    await step.sleep('z', '3s');
    await step.run('b', () => log(event.data.k, 'b'));
  });
  it('comes with timeouts.finish', async () => {
    const k = await lab.send('finish-timeout');
    await lab.untilSeen(`cancelled:${k}`, 1);
    await sleep(2500);
    expect(seen(k)).toEqual(['a']);
    expect(seen(`cancelled:${k}`)).toHaveLength(1);
  });

  fn({ id: 'start-timeout', concurrency: 1, timeouts: { start: '1s' } }, async ({ event, step }) => {
    await step.run('a', async () => {
      log(event.data.k, event.data.i);
      await sleep(2000);
    });
  });
  it('comes with timeouts.start for a run that waits its turn', async () => {
    const k = 'start-timeout';
    await lab.send('start-timeout', { k, i: 1 });
    await lab.untilSeen(k, 1);
    await lab.send('start-timeout', { k, i: 2 });
    await sleep(3500);
    expect(seen(k)).toEqual([1]);
  });
});

describe.concurrent('concurrency', () => {
  const now: Record<string, number> = {};
  const most: Record<string, number> = {};
  const enter = (key: string, by: number) => {
    now[key] = (now[key] ?? 0) + by;
    most[key] = Math.max(most[key] ?? 0, now[key] ?? 0);
  };
  fn({ id: 'keyed', concurrency: [{ limit: 1, key: 'event.data.g' }] }, async ({ event, step }) => {
    const { g, k } = event.data;
    await step.run('a', async () => {
      for (const key of [g, 'all']) enter(key, 1);
      await sleep(300);
      for (const key of [g, 'all']) enter(key, -1);
      log(k, g);
    });
  });
  it('is limited a key, and a full key stands in nobody’s way', async () => {
    const groups = [1, 2, 3].flatMap(() => ['g1', 'g2']);
    await client.send(groups.map((g) => ({ name: 'c/keyed', data: { k: 'keyed', g } })));
    await lab.untilSeen('keyed', 6);
    expect(seen('keyed')).toHaveLength(6);
    expect(most).toEqual({ g1: 1, g2: 1, all: 2 });
  });

  fn({ id: 'asleep', concurrency: 1 }, async ({ event, step }) => {
    await step.run('a', () => log(event.data.k, 'a'));
    await step.sleep('z', '1s');
    await step.run('b', () => log(event.data.k, 'b'));
  });
  it('does not count sleeping runs', async () => {
    const from = Date.now();
    await client.send([1, 2, 3].map(() => ({ name: 'c/asleep', data: { k: 'asleep' } })));
    await lab.untilSeen('asleep', 6);
    expect(seen('asleep')).toHaveLength(6);
    expect(Date.now() - from).toBeLessThan(2900);
  });
});

describe.concurrent('cron', () => {
  fn({ id: 'each-second', triggers: [{ cron: 'TZ=Europe/Paris */2 * * * * *' }] }, async ({ event, step }) => {
    await step.run('a', () => log('cron', { name: event.name, keys: Object.keys(event).sort(), data: event.data }));
  });
  it('starts a run at each tick, in its time zone', async () => {
    const [first] = await lab.untilSeen('cron', 1);
    expect(first).toEqual({
      name: 'inngest/scheduled.timer',
      keys: ['data', 'id', 'name', 'ts', 'user'],
      data: {
        cron: 'TZ=Europe/Paris */2 * * * * *',
        scheduledAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        fireAt: expect.stringMatching(/Z$/),
      },
    });
  });
});
