import { describe, expect, it } from 'vitest';
import { makeJob } from '@/testing/job-view';
import type { JobEvent, JobUpdate, MetricPoint } from '../../job.schema';
import { byStep, foldUpdate, type MonitorState, mergePoints, startMonitor } from './monitor-state';

const T0 = Date.parse('2026-11-25T10:00:00Z');

const point = (step: number, change: Partial<MetricPoint> = {}): MetricPoint => ({
  step,
  ...{ epoch: null, trainLoss: 1 / step, validLoss: null, fullValidLoss: null, trainAccuracy: null },
  ...{ validAccuracy: null, learningRate: null, tokensPerSecond: null, trainedTokens: null },
  providerTime: new Date(T0 + step * 1000),
  ...change,
});

const event = (seq: number, type: JobEvent['type'] = 'message'): JobEvent => ({
  seq,
  type,
  level: 'info',
  message: `event ${seq}`,
  data: null,
  providerTime: null,
  receivedAt: new Date(T0),
});

function update(seqs: readonly number[], change: Partial<JobUpdate> = {}): JobUpdate {
  const last = seqs.at(-1) ?? 0;
  return {
    job: makeJob({ lastEventSeq: last, lastStep: last }),
    events: seqs.map((seq) => event(seq)),
    metrics: seqs.map((seq) => point(seq)),
    sentAt: new Date(T0),
    ...change,
  };
}

const fold = (state: MonitorState, ...updates: JobUpdate[]): MonitorState =>
  updates.reduce((now, one, index) => foldUpdate(now, { update: one, at: T0 + 10_000 + index }), state);

const seqs = (state: MonitorState) => state.events.map(({ seq }) => seq);

describe('the stream of a job', () => {
  const start = startMonitor(makeJob({ lastEventSeq: 2 }));

  it('appends what is new', () => {
    const state = fold(start, update([3, 4]), update([5]));
    expect(seqs(state)).toEqual([3, 4, 5]);
    expect(byStep(state.points).map(({ step }) => step)).toEqual([3, 4, 5]);
    expect(state).toMatchObject({ lastSeq: 5, gaps: 0 });
    expect(state.job.lastStep).toBe(5);
  });

  it('shows a message that comes twice once', () => {
    const once = fold(start, update([3, 4]));
    const twice = fold(once, update([3, 4]), update([4]));
    expect(seqs(twice)).toEqual([3, 4]);
    expect(twice.points.size).toBe(2);
    expect(twice.gaps).toBe(0);
  });

  it('goes on after a reconnect that replays a part', () => {
    const state = fold(start, update([3, 4, 5]), update([4, 5, 6, 7]));
    expect(seqs(state)).toEqual([3, 4, 5, 6, 7]);
    expect(state.gaps).toBe(0);
  });

  it('never lets a late message bring back an older state', () => {
    const state = fold(start, update([3, 4, 5]), update([3]));
    expect(state.job.lastStep).toBe(5);
    expect(state.lastSeq).toBe(5);
  });

  it('takes a newer state that came without an event, such as the time left', () => {
    const state = fold(start, update([3]), update([], { job: makeJob({ lastEventSeq: 3, remainingMs: 4000 }) }));
    expect(state.job.remainingMs).toBe(4000);
    expect(state.gaps).toBe(0);
  });

  it('notices numbers that are missing, and shows what came all the same', () => {
    const state = fold(start, update([3]), update([6, 7]));
    expect(state.gaps).toBe(1);
    expect(seqs(state)).toEqual([3, 6, 7]);
  });

  it('keeps metrics out of the list of events', () => {
    const state = fold(start, update([3], { events: [event(3, 'metric'), event(4)] }));
    expect(seqs(state)).toEqual([4]);
  });

  it('measures how far the newest step is behind the provider, and never a negative time', () => {
    const state = foldUpdate(start, { update: update([3]), at: T0 + 3400 });
    expect(state.newest).toEqual({ step: 3, providerTime: new Date(T0 + 3000), delayMs: 400 });
    const ahead = foldUpdate(start, { update: update([3]), at: T0 });
    expect(ahead.newest?.delayMs).toBe(0);
    const replayed = foldUpdate(state, { update: update([3]), at: T0 + 90_000 });
    expect(replayed.newest?.delayMs).toBe(400);
  });
});

it('adds up the parts of a step', () => {
  const first = mergePoints(new Map(), [point(5, { trainLoss: 0.4 })]);
  const both = mergePoints(first, [point(5, { trainLoss: null, fullValidLoss: 0.6 })]);
  expect(both.get(5)).toMatchObject({ trainLoss: 0.4, fullValidLoss: 0.6 });
});
