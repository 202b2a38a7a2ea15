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
});
