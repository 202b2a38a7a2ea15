import { describe, expect, it } from 'vitest';
import { cronEvent, nextTick } from './cron.scheduler';
import { compileFunctions, concurrencyKeys, isTriggeredBy, UnsupportedFunctionError } from './function-registry';
import { quoteSchema } from './migrate';
import { type FunctionConfig, functionConfigSchema } from './protocol';

const config = (more: object = {}): FunctionConfig =>
  functionConfigSchema.parse({
    id: 'x-f',
    name: 'F',
    triggers: [{ event: 'a/b' }],
    steps: { step: { id: 'step', name: 'step', runtime: { type: 'http', url: 'http://x' } } },
    ...more,
  });
const compileOne = (more: object = {}) => {
  const fn = compileFunctions([config(more)]).get('x-f');
  if (!fn) throw new Error('not compiled');
  return fn;
};
const event = (name: string, data = {}) => ({ id: 'e', name, data, ts: 0 });

describe('registration', () => {
  it.each([
    ['debounce', { period: '1s' }],
    ['batchEvents', { maxSize: 2, timeout: '1s' }],
    ['throttle', { limit: 1, period: '1s' }],
    ['rateLimit', { limit: 1, period: '1s' }],
    ['priority', { run: '1' }],
    ['singleton', { mode: 'skip' }],
  ])('refuses %s', (feature, value) => {
    expect(() => compileOne({ [feature]: value })).toThrow(
      `function "x-f": "${feature}" is not supported by the embedded executor; use the Inngest server or remove it`,
    );
  });
  it.each([
    [{ triggers: [{ event: 'a', expression: 'size(event.data.x) > 1' }] }, /trigger .*not supported/],
    [{ cancel: [{ event: 'a', if: 'has(async.data.x)' }] }, /cancelOn .*not supported/],
    [{ concurrency: [{ limit: 1, key: 'event.data.x ? 1 : 2' }] }, /concurrency key .*not supported/],
    [{ idempotency: 'event.data.x.lower()' }, /idempotency .*not supported/],
    [{ triggers: [{ cron: 'every day' }] }, /cron "every day" is not valid/],
    [{ triggers: [{ cron: 'TZ=Mars/Olympus 0 9 * * *' }] }, /not valid/],
    [{ timeouts: { finish: 'soon' } }, /timeouts\.finish "soon"/],
  ])('refuses %j', (more, message) => {
    expect(() => compileOne(more)).toThrow(message);
  });
  it('names every problem of every function at once', () => {
    const configs = [config({ debounce: { period: '1s' }, throttle: {} }), config({ id: 'x-g', singleton: {} })];
    expect(() => compileFunctions(configs)).toThrow(UnsupportedFunctionError);
    try {
      compileFunctions(configs);
    } catch (error) {
      expect((error as Error).message.split('\n')).toHaveLength(3);
    }
  });
  it('counts attempts as retries + 1, five unless said otherwise', () => {
    expect(compileOne().maxAttempts).toBe(5);
    const steps = { step: { id: 'step', retries: { attempts: 0 } } };
    expect(compileOne({ steps }).maxAttempts).toBe(1);
  });
});

describe('triggers', () => {
  it('match by name, wildcard and condition', () => {
    const fn = compileOne({
      triggers: [{ event: 'a/b' }, { event: 'w/*' }, { event: 'c', expression: 'event.data.n > 1' }],
    });
    expect(['a/b', 'w/x/y', 'w/'].map((name) => isTriggeredBy(fn, event(name)))).toEqual([true, true, true]);
    expect(isTriggeredBy(fn, event('a/bc'))).toBe(false);
    expect([1, 2].map((n) => isTriggeredBy(fn, event('c', { n })))).toEqual([false, true]);
  });
});

describe('concurrency keys', () => {
  it('differ by value and function, and agree for the same', () => {
    const limit = {
      concurrency: [
        { limit: 2, key: 'event.data.g' },
        { limit: 9, scope: 'env' },
      ],
    };
    const [a, b] = [
      concurrencyKeys(compileOne(limit), event('x', { g: 1 })),
      concurrencyKeys(compileOne(limit), event('x', { g: '1' })),
    ];
    expect(a.map((key) => key.limit)).toEqual([2, 9]);
    expect(a[0]?.key).not.toBe(b[0]?.key);
    expect(a[1]?.key).toBe(b[1]?.key);
    expect(concurrencyKeys(compileOne({ concurrency: 0 }), event('x'))).toEqual([]);
  });
});

describe('cron', () => {
  it('ticks in the time zone of the expression, over the change to summer time', () => {
    const ticks = (cron: string, from: string) => nextTick(cron, new Date(from))?.toISOString();
    expect(ticks('TZ=Europe/Paris 0 9 * * *', '2026-01-10T00:00:00Z')).toBe('2026-01-10T08:00:00.000Z');
    expect(ticks('TZ=Europe/Paris 0 9 * * *', '2026-07-10T00:00:00Z')).toBe('2026-07-10T07:00:00.000Z');
    expect(ticks('0 9 * * *', '2026-07-10T09:00:00Z')).toBe('2026-07-11T09:00:00.000Z');
    // 02:30 does not exist that night: the first moment after the gap stands in for it.
    expect(ticks('TZ=Europe/Paris 30 2 * * *', '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
  });
  it('makes an event named by its time', () => {
    const tick = new Date('2026-01-01T00:00:00.000Z');
    expect(cronEvent('* * * * *', tick, new Date(tick.getTime() + 1500))).toEqual({
      id: '2026-01-01T00:00:00Z',
      name: 'inngest/scheduled.timer',
      data: { cron: '* * * * *', scheduledAt: '2026-01-01T00:00:00Z', fireAt: '2026-01-01T00:00:01Z' },
      ts: tick.getTime(),
    });
  });
});

describe('schema names', () => {
  it('are checked before they go into SQL', () => {
    expect(quoteSchema('durable')).toBe('"durable"');
    for (const bad of ['', 'a"b', 'A', '1a', 'a;drop']) expect(() => quoteSchema(bad)).toThrow(/usable schema name/);
  });
});
