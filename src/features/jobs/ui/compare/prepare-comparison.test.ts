import { expect, it } from 'vitest';
import { makeJob } from '@/testing/job-view';
import type { MetricPoint } from '../../job.schema';
import { compareJobs, compareSeries, labelsOf } from './prepare-comparison';

const point = (step: number, trainLoss: number | null): MetricPoint => ({
  ...{ step, trainLoss, epoch: null, validLoss: null, fullValidLoss: null, trainAccuracy: null, validAccuracy: null },
  ...{ learningRate: null, tokensPerSecond: null, trainedTokens: null, providerTime: null },
});

it('puts what differs first, and keeps the order of the jobs', () => {
  const rows = compareJobs([makeJob(), makeJob({ seed: 7, validLoss: 0.3 })]);
  expect(rows.filter(({ differs }) => differs).map(({ name, values }) => [name, ...values])).toEqual([
    ['Seed', '42', '7'],
    ['Validation loss', '0.455', '0.3'],
  ]);
  expect(rows[2]?.differs).toBe(false);
});

it('has nothing to tell apart in one job', () => {
  expect(compareJobs([makeJob()]).some(({ differs }) => differs)).toBe(false);
});

it('lays runs of different length over each other when asked', () => {
  const runs = [
    { job: makeJob({ id: 'a', totalSteps: 4 }), points: [point(2, 0.5), point(3, null), point(4, 0.4)] },
    { job: makeJob({ id: 'b', totalSteps: 200 }), points: [point(100, 0.6)] },
  ];
  expect(compareSeries(runs, 'trainLoss', false).map(({ points }) => points.map(({ x }) => x))).toEqual([
    [2, 4],
    [100],
  ]);
  expect(compareSeries(runs, 'trainLoss', true).map(({ points }) => points.map(({ x }) => x))).toEqual([
    [50, 100],
    [50],
  ]);
});

it('tells jobs of one name apart by the order of their launch', () => {
  const later = makeJob({ id: 'b', createdAt: new Date('2026-11-25T11:00:00Z') });
  const earlier = makeJob({ id: 'a', createdAt: new Date('2026-11-25T09:00:00Z') });
  const other = makeJob({ id: 'c', name: 'brand-voice' });
  expect(labelsOf([later, earlier, other])).toEqual(['support-router-3 (2)', 'support-router-3 (1)', 'brand-voice']);
});
