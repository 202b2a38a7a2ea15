import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '@/testing/database';
import { createLab } from './lab.functions';

const lab = createLab();
const { fn, log, seen } = lab;

beforeAll(async () => lab.start({ connectionString: await testDatabase({ empty: true }) }));
afterAll(() => lab.stop());

fn({ id: 'on-finished', triggers: [{ event: 'inngest/function.finished' }] }, async ({ event }) => {
  const k = event.data.event?.data?.k;
  if (k) log(`finished:${k}`, { result: event.data.result, keys: Object.keys(event.data).sort() });
});

describe.concurrent('steps', () => {
  fn({ id: 'basic' }, async ({ event, step }) => {
    const a = await step.run('a', () => {
      log(event.data.k, 'a');
      return { n: 1 };
    });
    const b = await step.run('b', () => {
      log(event.data.k, 'b');
      return a.n + 1;
    });
    await step.run('c', () => log(event.data.k, `c${b}`));
    return { b };
  });
  it('run once each, are remembered, and the return value is in the finished event', async () => {
    const k = await lab.send('basic');
    expect(await lab.untilSeen(`finished:${k}`, 1)).toEqual([
      { result: { b: 2 }, keys: ['event', 'events', 'function_id', 'result', 'run_id'] },
    ]);
    expect(seen(k)).toEqual(['a', 'b', 'c2']);
  });

  fn({ id: 'shape' }, async ({ event, events, runId, attempt }) => {
    const { id, name, user, v, ts } = event;
    log(event.data.k, { keys: Object.keys(event).sort(), n: events.length, id, name, user, v, ts: typeof ts, attempt });
    log(event.data.k, runId.length);
  });
  it('see the event in the documented shape', async () => {
    const k = await lab.send('shape', {}, { id: 'shape-1', user: { id: 'u1' }, v: '1' });
    expect(await lab.untilSeen(k, 2)).toEqual([
      {
        keys: ['data', 'id', 'name', 'ts', 'user', 'v'],
        n: 1,
        id: 'shape-1',
        name: 'c/shape',
        user: { id: 'u1' },
        v: '1',
        ts: 'number',
        attempt: 0,
      },
      26,
    ]);
  });

  fn({ id: 'sleep' }, async ({ event, step }) => {
    const from = await step.run('from', () => Date.now());
    await step.sleep('nap', '1s');
    await step.run('to', () => log(event.data.k, Date.now() - from));
  });
  it('sleep at least as long as asked, and not much longer', async () => {
    const [slept] = await lab.untilSeen(await lab.send('sleep'), 1);
    expect(slept).toBeGreaterThanOrEqual(1000);
    expect(slept).toBeLessThan(4000);
  });

  fn({ id: 'until' }, async ({ event, step }) => {
    await step.sleepUntil('nap', new Date(event.data.at));
    await step.run('x', () => log(event.data.k, Date.now() - event.data.at));
  });
  it('sleep until a moment and never wake early', async () => {
    const [late] = await lab.untilSeen(await lab.send('until', { at: Date.now() + 1500 }), 1);
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(3000);
  });

  fn({ id: 'values' }, async ({ event, step }) => {
    const u = await step.run('u', () => undefined);
    const n = await step.run('n', () => null);
    const z = await step.run('z', () => 0);
    const d = await step.run('d', () => ({ d: new Date(0), nul: 'a\u0000b', uni: 'é😀\u2028', o: { z: 1, a: 2 } }));
    const wrapped = await step.run('w', () => ({ type: 'error', data: 1 }));
    const big = await step.run('big', () => 'x'.repeat(1_000_000));
    log(event.data.k, { u, n, z, d: JSON.stringify(d), wrapped, big: big.length });
  });
  it('keep every JSON value exactly: null, NUL, key order, 1 MB', async () => {
    expect(await lab.untilSeen(await lab.send('values'), 1)).toEqual([
      {
        u: null,
        n: null,
        z: 0,
        d: JSON.stringify({ d: '1970-01-01T00:00:00.000Z', nul: 'a\u0000b', uni: 'é😀\u2028', o: { z: 1, a: 2 } }),
        wrapped: { type: 'error', data: 1 },
        big: 1_000_000,
      },
    ]);
  });

  fn({ id: 'par' }, async ({ event, step }) => {
    const { k } = event.data;
    const parts = [1, 2, 3].map((i) =>
      step.run(`p${i}`, async () => {
        log(k, 'start');
        await sleep(400);
        log(k, 'stop');
        return i;
      }),
    );
    const all = await Promise.all(parts);
    await step.run('sum', () =>
      log(
        k,
        all.reduce((a, b) => a + b, 0),
      ),
    );
  });
  it('overlap when they are parallel', async () => {
    const k = await lab.send('par');
    expect(await lab.untilSeen(k, 7)).toEqual(['start', 'start', 'start', 'stop', 'stop', 'stop', 6]);
  });

  fn({ id: 'parallel-chains' }, async ({ event, step }) => {
    const { k } = event.data;
    const chain = async () => {
      await step.run('a1', () => log(k, 'a1'));
      await step.run('a2', () => log(k, 'a2'));
    };
    const sleeper = async () => {
      await step.sleep('z', '1s');
      await step.run('b2', () => log(k, 'b2'));
    };
    await Promise.all([chain(), sleeper()]);
    await step.run('end', () => log(k, 'end'));
  });
  it('wait for all open operations before the next round', async () => {
    const [first, ...rest] = await lab.untilSeen(await lab.send('parallel-chains'), 4);
    expect(first).toBe('a1');
    expect(rest.slice(0, 2).sort()).toEqual(['a2', 'b2']);
    expect(rest[2]).toBe('end');
  });

  fn({ id: 'settled', retries: 1 }, async ({ event, step }) => {
    const { k } = event.data;
    const bad = step.run('bad', () => {
      log(k, 'bad');
      throw new Error('broken');
    });
    const ok = step.run('ok', () => {
      log(k, 'ok');
      return 1;
    });
    const results = await Promise.allSettled([ok, bad]);
    await step.run('x', () =>
      log(
        k,
        results.map((r) => (r.status === 'fulfilled' ? r.value : (r.reason as Error).message)),
      ),
    );
  });
  it('fail alone when they are parallel', async () => {
    const k = await lab.send('settled');
    await lab.untilSeen(k, 4);
    expect(seen(k).filter((x) => x === 'ok')).toHaveLength(1);
    expect(seen(k).filter((x) => x === 'bad')).toHaveLength(2);
    expect(seen(k).at(-1)).toEqual([1, 'broken']);
  });

  fn({ id: 'race' }, async ({ event, step }) => {
    const slow = step.run('slow', async () => {
      await sleep(800);
      return 'slow';
    });
    const winner = await Promise.race([slow, step.run('fast', () => 'fast')]);
    await step.run('x', () => log(event.data.k, winner));
  });
  it('can race', async () => {
    expect(await lab.untilSeen(await lab.send('race'), 1)).toEqual(['fast']);
  });

  fn({ id: 'loop' }, async ({ event, step }) => {
    let sum = 0;
    for (let i = 0; i < 4; i++)
      sum += await step.run('same', () => {
        log(event.data.k, i);
        return i;
      });
    await step.run('x', () => log(event.data.k, `s${sum}`));
  });
  it('may share an id in a loop', async () => {
    expect(await lab.untilSeen(await lab.send('loop'), 5)).toEqual([0, 1, 2, 3, 's6']);
  });

  fn({ id: 'sixty' }, async ({ event, step }) => {
    for (let i = 0; i < 60; i++) await step.run(`s${i}`, () => i);
    log(event.data.k, 'done');
  });
  it('may be sixty in one run', async () => {
    expect(await lab.untilSeen(await lab.send('sixty'), 1, 30_000)).toEqual(['done']);
  });
});
