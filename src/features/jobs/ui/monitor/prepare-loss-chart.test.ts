import { expect, it } from 'vitest';
import type { MetricPoint } from '../../job.schema';
import { latestOf, prepareLossChart, three } from './prepare-loss-chart';

const point = (step: number, change: Partial<MetricPoint> = {}): MetricPoint => ({
  step,
  ...{ epoch: null, trainLoss: 1 / step, validLoss: null, fullValidLoss: null, trainAccuracy: null },
  ...{ validAccuracy: null, learningRate: null, tokensPerSecond: null, trainedTokens: null, providerTime: null },
  ...change,
});

const points = [point(1), point(2, { validLoss: 0.6 }), point(3, { trainLoss: null, fullValidLoss: 0.5 })];
const options = { points, checkpoints: [], totalSteps: null, logScale: false };

it('draws each loss only where it was measured, and no line that has no point', () => {
  const { series } = prepareLossChart(options);
  expect(series.map(({ id, points: own }) => [id, own.map(({ x }) => x)])).toEqual([
    ['train', [1, 2]],
    ['valid', [2]],
    ['full', [3]],
  ]);
  expect(prepareLossChart({ ...options, points: [point(1)] }).series.map(({ id }) => id)).toEqual(['train']);
});

it('lets a running curve grow into its place, and never cuts steps off', () => {
  expect(prepareLossChart({ ...options, totalSteps: 310 }).xDomain).toEqual([0, 310]);
  expect(prepareLossChart({ ...options, totalSteps: 2 }).xDomain).toEqual([0, 3]);
  expect(prepareLossChart(options).xDomain).toBeUndefined();
});

it('leaves out what a log scale cannot show, and what is no number', () => {
  const odd = [point(1, { trainLoss: 0 }), point(2, { trainLoss: Number.NaN }), point(3)];
  const own = prepareLossChart({ ...options, points: odd, logScale: true }).series[0]?.points;
  expect(own?.map(({ x }) => x)).toEqual([3]);
  const linear = prepareLossChart({ ...options, points: odd }).series[0]?.points;
  expect(linear?.map(({ x }) => x)).toEqual([1, 3]);
});

it('thins long runs and keeps their first and last step and the peak', () => {
  const long = Array.from({ length: 20_000 }, (_, index) => point(index + 1, { trainLoss: index === 7777 ? 99 : 0.5 }));
  const own = prepareLossChart({ ...options, points: long }).series[0]?.points ?? [];
  expect(own.length).toBeLessThanOrEqual(600);
  expect([own[0]?.x, own.at(-1)?.x]).toEqual([1, 20_000]);
  expect(Math.max(...own.map(({ y }) => y ?? 0))).toBe(99);
});

it('marks a checkpoint once, however often it was reported', () => {
  expect(prepareLossChart({ ...options, checkpoints: [{ step: 2 }, { step: 2 }] }).markers).toEqual([
    { x: 2, label: '◆' },
  ]);
});

it('says in words what the curve shows', () => {
  expect(prepareLossChart(options).summary).toBe('train 1 to 0.5, validation 0.6 at step 2');
  expect(prepareLossChart({ ...options, points: [] }).summary).toBe('no loss measured yet');
});

it('takes the newest known value of each figure', () => {
  expect(latestOf(points)).toMatchObject({ step: 3, trainLoss: 0.5, validLoss: 0.6, fullValidLoss: 0.5 });
  expect(latestOf([])).toBeNull();
  const base = point(0, { trainLoss: null, fullValidLoss: 7 });
  expect(latestOf([base, point(1)])).toMatchObject({ step: 1, fullValidLoss: null });
});

it.each([
  [0.41234, '0.412'],
  [12.345, '12.3'],
  [0.000123, '1.2e-4'],
  [0, '0'],
])('writes %d as %s', (value, text) => {
  expect(three(value)).toBe(text);
});
