import { describe, expect, it } from 'vitest';
import type { MetricPoint } from './job.schema';
import { isStalled, pollEveryMs, remainingMs, thinMetrics, tokensSoFar } from './progress.rules';

const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000);

describe('remaining time', () => {
  it('follows the newest steps, in whatever order they come', () => {
    const recent = [12, 10, 14, 11, 13].map((step) => ({ step, time: at(step * 2) }));
    expect(remainingMs(recent, 20, 14)).toBe(12_000);
  });
  it.each([
    ['no total', [{ step: 1, time: at(1) }], null, 1, null],
    ['no pace yet', [{ step: 1, time: at(1) }], 10, 1, null],
    ['done', [], 10, 10, 0],
  ])('%s', (_name, recent, total, last, expected) => {
    expect(remainingMs(recent, total, last)).toBe(expected);
  });
});

const point = (step: number, trainLoss: number | null, fullValidLoss: number | null = null): MetricPoint => ({
  ...{ step, epoch: null, trainLoss, validLoss: null, fullValidLoss, trainAccuracy: null, validAccuracy: null },
  ...{ learningRate: null, tokensPerSecond: null, trainedTokens: null, providerTime: null },
});

describe('thinning', () => {
  it('keeps ends, peaks and full validation losses, sorted, and no more than asked for', () => {
    const points = Array.from({ length: 5000 }, (_, step) => point(step, step === 3333 ? 9 : 1 + Math.sin(step) / 10));
    points[1700] = point(1700, -4, 0.5);
    const thin = thinMetrics(points, 100);
    expect(thin.length).toBeLessThanOrEqual(100);
    expect(thin.length).toBeGreaterThan(80);
    const steps = thin.map(({ step }) => step);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(steps).toEqual(expect.arrayContaining([0, 1700, 3333, 4999]));
  });
  it('leaves what is small enough', () => {
    const points = [point(1, 1), point(2, null)];
    expect(thinMetrics(points, 10)).toEqual(points);
  });
});

describe('stall', () => {
  it.each([
    ['waits an hour for a first step', 59 * 60, null, false],
    ['and no longer', 61 * 60, null, true],
    ['ten minutes are normal for quick steps', 9 * 60, 200, false],
    ['and no longer', 11 * 60, 200, true],
    ['slow steps explain a long silence', 40 * 60, 120_000, false],
    ['up to thirty of them', 61 * 60, 120_000, true],
  ])('%s', (_name, silent, stepMs, stalled) => {
    expect(isStalled(at(0), at(silent), stepMs)).toBe(stalled);
  });
});

describe('polling', () => {
  it('is quick while watched, and slows down with age and failures', () => {
    expect(pollEveryMs({ watched: true, ageMs: 1e9 })).toBe(700);
    expect(pollEveryMs({ watched: false, ageMs: 0 })).toBe(15_000);
    expect(pollEveryMs({ watched: false, ageMs: 3600_000 })).toBe(30_000);
    expect(pollEveryMs({ watched: false, ageMs: 1e9 })).toBe(60_000);
    expect(pollEveryMs({ watched: true, ageMs: 0, failures: 1 })).toBe(4000);
    expect(pollEveryMs({ watched: true, ageMs: 0, failures: 9 })).toBe(60_000);
  });
});

describe('trained tokens', () => {
  const job = { trainedTokens: null, lastStep: 5, totalSteps: 10, expectedTokens: 1001 };
  it.each([
    ['as the provider counts', { ...job, trainedTokens: 12 }, 12],
    ['by the share of steps, rounded up', job, 501],
    ['none before the first step', { ...job, lastStep: 0, totalSteps: null }, 0],
    ['unknown without a total', { ...job, totalSteps: null }, null],
    ['never more than the whole', { ...job, lastStep: 99 }, 1001],
  ])('%s', (_name, input, tokens) => {
    expect(tokensSoFar(input)).toBe(tokens);
  });
});
