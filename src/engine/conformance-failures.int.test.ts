import { NonRetriableError, RetryAfterError } from 'inngest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '@/testing/database';
import { createLab } from './lab.functions';

const lab = createLab();
const { fn, log, seen } = lab;

beforeAll(async () => lab.start({ connectionString: await testDatabase({ empty: true }) }));
afterAll(() => lab.stop());

fn({ id: 'on-finished', triggers: [{ event: 'inngest/function.finished' }] }, async ({ event }) => {
  const { event: origin, function_id, error, result } = event.data;
  if (origin?.data?.k)
    log(`finished:${origin.data.k}`, { function_id, error, result, keys: Object.keys(event.data).sort() });
});

describe.concurrent('failures', () => {
  fn({ id: 'retry', retries: 3 }, async ({ event, step, attempt }) => {
    await step.run('a', () => {
      log(event.data.k, `a${attempt}`);
      if (attempt < 2) throw new Error('not yet');
    });
    await step.run('b', () => log(event.data.k, `b${attempt}`));
  });
  it('of a step are retried; the attempt counts, and begins again with the next step', async () => {
    expect(await lab.untilSeen(await lab.send('retry'), 4)).toEqual(['a0', 'a1', 'a2', 'b0']);
  });

  fn({ id: 'exhaust', retries: 1 }, async ({ event, step, attempt }) => {
    try {
      await step.run('a', () => {
        log(event.data.k, `a${attempt}`);
        throw new TypeError('bad a');
      });
    } catch (error) {
      const { name, message } = error as Error;
      await step.run('after', () => log(event.data.k, { name, message }));
    }
  });
  it('of a step can be caught once its attempts are used up', async () => {
    expect(await lab.untilSeen(await lab.send('exhaust'), 3)).toEqual([
      'a0',
      'a1',
      { name: 'TypeError', message: 'bad a' },
    ]);
  });

  fn(
    {
      id: 'throws',
      retries: 2,
      onFailure: async ({ event, error, step }) => {
        await step.run('cleanup', () =>
          log(event.data.event.data.k, {
            error: `${error.name}:${error.message}`,
            keys: Object.keys(event.data).sort(),
            name: event.name,
            fn: event.data.function_id,
          }),
        );
      },
    },
    async ({ event, step, attempt }) => {
      await step.run('once', () => log(event.data.k, 'once'));
      log(event.data.k, `body${attempt}`);
      throw new Error('function broke');
    },
  );
  it('of the function are retried with its steps remembered; then onFailure runs', async () => {
    const k = await lab.send('throws');
    expect(await lab.untilSeen(k, 5)).toEqual([
      'once',
      'body0',
      'body1',
      'body2',
      {
        error: 'Error:function broke',
        keys: ['error', 'event', 'events', 'function_id', 'result', 'run_id'],
        name: 'inngest/function.failed',
        fn: 'conf-throws',
      },
    ]);
  });

  const onFailure: Parameters<typeof fn>[0]['onFailure'] = async ({ event, error }) =>
    log(event.data.event.data.k, `onFailure:${error.message}`);
  fn({ id: 'never-step', retries: 3, onFailure }, async ({ event, step, attempt }) => {
    await step.run('a', () => {
      log(event.data.k, `a${attempt}`);
      throw new NonRetriableError('never');
    });
  });
  fn({ id: 'never-fn', retries: 3, onFailure }, async ({ event, attempt }) => {
    log(event.data.k, `body${attempt}`);
    throw new NonRetriableError('never fn');
  });
  it('that are not retriable end at once', async () => {
    const [a, b] = [await lab.send('never-step'), await lab.send('never-fn')];
    expect(await lab.untilSeen(a, 2)).toEqual(['a0', 'onFailure:never']);
    expect(await lab.untilSeen(b, 2)).toEqual(['body0', 'onFailure:never fn']);
    expect(await lab.untilSeen(`finished:${b}`, 1)).toEqual([
      {
        function_id: 'conf-never-fn',
        error: { name: 'NonRetriableError', message: 'never fn', stack: expect.any(String) },
        result: { __serialized: true, name: 'NonRetriableError', message: 'never fn', stack: expect.any(String) },
        keys: ['error', 'event', 'events', 'function_id', 'result', 'run_id'],
      },
    ]);
  });

  fn({ id: 'later-step', retries: 2 }, async ({ event, step, attempt }) => {
    await step.run('a', () => {
      log(event.data.k, Date.now());
      if (attempt === 0) throw new RetryAfterError('later', '2s');
    });
  });
  fn({ id: 'later-fn', retries: 2 }, async ({ event, attempt }) => {
    log(event.data.k, Date.now());
    if (attempt === 0) throw new RetryAfterError('later', '2s');
  });
  it.each(['later-step', 'later-fn'])('choose when to be retried (%s), never earlier', async (id) => {
    const [first, second] = (await lab.untilSeen(await lab.send(id), 2)) as number[];
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(1900); // the header has whole seconds
    expect((second ?? 0) - (first ?? 0)).toBeLessThan(5000);
  });

  fn({ id: 'target' }, async ({ event }) => log(event.data.k, `target:${event.data.i}`));
  fn(
    {
      id: 'long-failure',
      onFailure: async ({ event, step }) => {
        const { k } = event.data.event.data;
        await step.run('s1', () => log(k, 's1'));
        await step.sleep('z', '1s');
        await step.run('s2', () => log(k, 's2'));
        await step.sendEvent('e', { name: 'c/target', data: { k, i: 'failure' } });
      },
    },
    async ({ step }) => {
      await step.run('a', () => {
        throw new Error('x');
      });
    },
  );
  it('have handlers that may sleep and send events', async () => {
    expect(await lab.untilSeen(await lab.send('long-failure'), 3)).toEqual(['s1', 's2', 'target:failure']);
  });

  fn({ id: 'step-fails-run', retries: 1, onFailure }, async ({ event, step, attempt }) => {
    await step.run('a', () => {
      log(event.data.k, `a${attempt}`);
      throw new Error('no luck');
    });
  });
  it('of a step that nobody catches end the run after the last attempt', async () => {
    const k = await lab.send('step-fails-run');
    expect(await lab.untilSeen(k, 3)).toEqual(['a0', 'a1', 'onFailure:no luck']);
    const failed = (await lab.engine().listRuns({ functionId: 'conf-step-fails-run', limit: 5 })).items;
    expect(failed.map((run) => run.status)).toEqual(['failed']);
    expect(seen(k)).toHaveLength(3);
  });
});
