import { expect, it } from 'vitest';
import { usd } from '@/lib/money';
import type { JobPlan } from '../../job.schema';
import { dataSentence, effortSentence, planChanges, settingsSentence } from './prepare-plan';

const id = '01900000-0000-7000-8000-000000000001';
const plan: JobPlan = {
  hash: 'a',
  suggestedName: 'support-tickets v4 on tiny-chat-1',
  dataset: {
    ...{ id, versionId: id, name: 'support-tickets', version: 4 },
    ...{ trainRows: 992, validationRows: 124, holdoutRows: 124, trainTokens: 330_000 },
  },
  baseModel: { connectionId: id, connectionLabel: 'Built-in trainer', id: 'tiny-chat-1', label: 'tiny-chat-1' },
  hyperparameters: { epochs: 'auto', batchSize: 'auto', learningRateMultiplier: 'auto' },
  resolved: {
    epochs: { low: 3, expected: 3, high: 3, why: '' },
    batchSize: { expected: 1, why: '' },
    learningRateMultiplier: { expected: 1.8, why: '' },
  },
  steps: 2976,
  estimate: {
    ...{ low: usd(3.6), expected: usd(4), high: usd(4.2), arithmetic: [], source: null, checkedAt: null },
    ...{ free: false, freeReason: null, unknownReason: null, serving: null },
  },
  hold: usd(4.2),
  needsCap: false,
  expectedMs: 130_000,
  blockers: [],
  warnings: [],
};

it('says each step in one sentence', () => {
  expect(dataSentence(plan)).toBe(
    'support-tickets v4: 992 examples to train on, 124 to validate with, 124 held out for the proof.',
  );
  expect(settingsSentence(plan)).toBe('3 epochs, 1 example per step, learning rate ×1.8.');
  expect(effortSentence(plan)).toBe('2\u2009976 steps, about 2 min 10 s, $3.60 to $4.20.');
});

it('does not promise parts that are not there', () => {
  const small = { ...plan.dataset, trainRows: 1, validationRows: 0, holdoutRows: 0 };
  expect(dataSentence({ dataset: small })).toBe('support-tickets v4: 1 example to train on.');
  const ranged = { ...plan.resolved, epochs: { low: 2, expected: 3, high: 6, why: '' } };
  expect(settingsSentence({ resolved: ranged })).toContain('2 to 6 epochs');
  expect(effortSentence({ ...plan, expectedMs: null })).toBe('2\u2009976 steps, $3.60 to $4.20.');
});

it('names what changed since a person looked, and nothing else', () => {
  const dearer = { ...plan, hash: 'b', estimate: { ...plan.estimate, high: usd(5) } };
  expect(planChanges(plan, dearer)).toEqual(['cost: $3.60 to $4.20 is now $3.60 to $5.00']);
  const blocked = { ...plan, hash: 'c', blockers: [{ reason: 'model_closed', message: 'No new jobs.' }] };
  expect(planChanges(plan, blocked)).toEqual(['what stands in the way: nothing is now No new jobs.']);
  expect(planChanges(plan, { ...plan, hash: 'd' })).toEqual([]);
});
