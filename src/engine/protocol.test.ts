import fc from 'fast-check';
import { decodeTime } from 'ulid';
import { describe, expect, it } from 'vitest';
import { readAnswer, unsupportedOp } from './answer';
import { parseDuration, parseMoment, parseRetryAfter } from './duration';
import { readEvents } from './endpoint';
import { eventIdFromSeed } from './ids';
import { callBody, type Json } from './protocol';
import { canonicalJson, signRequest } from './signature';

describe('event ids', () => {
  const seed = '1700000000000,AAECAwQFBgcICQ==';
  it('are ULIDs of the send time, the same for the same seed, in order', () => {
    const ids = [0, 1, 2].map((index) => eventIdFromSeed(seed, index));
    expect(ids[0]).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(decodeTime(ids[0] ?? '')).toBe(1_700_000_000_000);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(3);
    expect(eventIdFromSeed(seed, 1)).toBe(ids[1]);
  });
  it.each([null, '', 'x', '1,', '1700000000000,AAEC', 'x,AAECAwQFBgcICQ=='])(
    'are left to others for seed %j',
    (bad) => {
      expect(eventIdFromSeed(bad, 0)).toBeNull();
    },
  );
});

describe('times', () => {
  it('reads time strings', () => {
    expect(parseDuration('1d2h30m10s')).toBe(95_410_000);
    expect(parseDuration('1w')).toBe(604_800_000);
    expect(parseDuration('250ms')).toBe(250);
    for (const bad of ['', '10', 'soon', '1s ago', '-1s']) expect(parseDuration(bad)).toBeNull();
  });
  it('reads moments and retry-after headers', () => {
    expect(parseMoment('2s', 1000)).toBe(3000);
    expect(parseMoment('2026-01-01T00:00:00.000Z', 0)).toBe(Date.UTC(2026, 0, 1));
    expect(parseMoment('whenever', 0)).toBeNull();
    expect(parseRetryAfter('4', 0)).toBe(4000);
    expect(parseRetryAfter('1970-01-01T00:00:05.000Z', 1000)).toBe(4000);
    expect(parseRetryAfter('1970-01-01T00:00:05.000Z', 9000)).toBe(0);
    expect(parseRetryAfter(null, 0)).toBeNull();
  });
});

describe('signatures', () => {
  it('cover the canonical form', () => {
    expect(canonicalJson({ b: [1, { z: null, a: 'é"' }], a: 0.1 })).toBe('{"a":0.1,"b":[1,{"a":"é\\"","z":null}]}');
  });
  it('do not depend on the order of keys, and survive the way through JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as Json;
        expect(JSON.parse(canonicalJson(json))).toEqual(json);
      }),
    );
  });
  it('leave out the prefix of the key', () => {
    expect(signRequest({ a: 1 }, 'signkey-test-abc', 5000)).toBe(signRequest({ a: 1 }, 'abc', 5999));
    expect(signRequest({ a: 1 }, 'abc', 5000)).toMatch(/^t=5&s=[0-9a-f]{64}$/);
  });
});

describe('calls', () => {
  it('carry the values in order of completion, and nothing that would start checkpointing', () => {
    const event = { id: 'e', name: 'n', data: {}, ts: 1 };
    const steps = [
      { id: 'b', status: 'done' as const, data: { type: 'data' }, error: null },
      { id: 'a', status: 'error' as const, data: null, error: { message: 'x' } },
    ];
    const body = callBody({ runId: 'R', event, steps, attempt: 1, maxAttempts: 5, stepId: 'step' });
    expect(body).toMatchObject({
      event: { user: {}, ...event },
      steps: { b: { type: 'data', data: { type: 'data' } }, a: { type: 'error', error: { message: 'x' } } },
      ctx: {
        attempt: 1,
        max_attempts: 5,
        disable_immediate_execution: false,
        stack: { stack: ['b', 'a'], current: 2 },
      },
    });
    expect(body.ctx).not.toHaveProperty('fn_id');
    expect(body.ctx).not.toHaveProperty('qi_id');
  });
});

describe('answers', () => {
  const read = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    readAnswer(status, new Headers(headers), typeof body === 'string' ? body : JSON.stringify(body), 0);
  it.each([
    ['a return value', read(200, { b: 2 }), { kind: 'completed', output: { b: 2 } }],
    ['no return value', read(200, ''), { kind: 'completed', output: null }],
    ['operations', read(206, [{ id: 'x', op: 'StepRun', data: 1 }]), { kind: 'ops', ops: [{ id: 'x' }] }],
    ['one operation', read(206, { id: 'x', op: 'Sleep', name: '1s' }), { kind: 'ops', ops: [{ name: '1s' }] }],
    ['an error', read(500, { name: 'E', message: 'm' }, { 'x-inngest-no-retry': 'false' }), { kind: 'retry' }],
    ['an error for later', read(500, { message: 'm' }, { 'retry-after': '3' }), { kind: 'retry', retryAfterMs: 3000 }],
    ['the end', read(400, { name: 'E', message: 'm' }, { 'x-inngest-no-retry': 'true' }), { kind: 'failed' }],
    ['an SDK fault', read(500, { error: 'Could not find step' }), { error: { message: 'Could not find step' } }],
    [
      'a refused signature',
      read(401, { message: 'Unauthorized' }),
      { kind: 'retry', error: { message: 'Unauthorized' } },
    ],
    ['nonsense', read(200, '<html>'), { kind: 'retry' }],
    ['no operations', read(206, []), { kind: 'retry' }],
  ])('%s', (_, got, want) => {
    expect(got).toMatchObject(want);
  });
  it('name operations nobody can do', () => {
    expect(unsupportedOp({ id: 'x', op: 'AIGateway', displayName: 'ask' })).toBe(
      'step "ask": "AIGateway" is not supported by the embedded executor; use the Inngest server or remove it',
    );
    expect(unsupportedOp({ id: 'x', op: 'Sleep' })).toBeNull();
  });
});

describe('sent events', () => {
  it('get an id and a time when they have none', () => {
    const [one] = readEvents(JSON.stringify({ name: 'a', data: null, v: '2' }), null, 7);
    expect(one).toMatchObject({ customId: false, event: { name: 'a', data: {}, ts: 7, v: '2' } });
    expect((one as { event: { id: string } }).event.id).toHaveLength(26);
  });
  it.each(['{', '{}', '{"name":""}', '{"name":"a\\u0000"}', '{"name":"a","data":[]}'])('refuses %s', (text) => {
    expect(typeof readEvents(text, null, 0)).toBe('string');
  });
});
