import { describe, expect, it } from 'vitest';
import {
  chosenHyperparameters,
  findBlockers,
  findWarnings,
  holdOf,
  type PlanBase,
  planFingerprint,
  resolveAuto,
  stepsOf,
} from './plan.rules';

const base: PlanBase = {
  id: 'base-1',
  available: true,
  unavailableReason: null,
  connectionHealth: 'healthy',
  maxExampleTokens: 500,
  minExamples: 10,
  maxExamples: 20_000,
  tokenizer: 'o200k_base',
  defaults: { epochs: 'auto', batchSize: 'auto', learningRateMultiplier: 'auto' },
  limits: {
    epochs: { min: 1, max: 50 },
    batchSize: { min: 1, max: 256 },
    learningRateMultiplier: { min: 0.01, max: 10 },
  },
  auto: {
    epochs: { targetExamples: 1000, min: 1, max: 25 },
    batchSize: { divisor: 500, min: 1, max: 64 },
    learningRateMultiplier: 2,
    explanation: 'The usual rule.',
    certainty: 'stated',
  },
  jobsUntil: null,
  retiresOn: null,
};
const data = { status: 'ready', trainRows: 240, validationRows: 30, holdoutRows: 30, maxExampleTokens: 90 };
const TODAY = '2026-12-01';
const auto = chosenHyperparameters(base);

describe('resolving auto', () => {
  it.each([
    [10, 25, 1],
    [240, 5, 1],
    [1000, 1, 2],
    [40_000, 1, 64],
  ])('%i examples: %i epochs, batches of %i', (rows, epochs, batch) => {
    const resolved = resolveAuto(base, auto, rows);
    expect(resolved.epochs).toMatchObject({ low: epochs, expected: epochs, high: epochs });
    expect(resolved.batchSize.expected).toBe(batch);
    expect(resolved.learningRateMultiplier.expected).toBe(2);
  });

  it('gives a range where the rule was only observed', () => {
    const observed = { ...base, auto: { ...base.auto, certainty: 'observed' as const } };
    expect(resolveAuto(observed, auto, 240).epochs).toMatchObject({ low: 2, expected: 5, high: 10 });
  });

  it('leaves what was chosen by hand, and counts the last, smaller batch', () => {
    const chosen = chosenHyperparameters(base, { epochs: 3, batchSize: 32 });
    const resolved = resolveAuto(base, chosen, 240);
    expect(resolved.epochs).toMatchObject({ low: 3, expected: 3, high: 3 });
    expect(stepsOf(240, resolved)).toBe(24);
    expect(stepsOf(241, resolved)).toBe(24);
    expect(stepsOf(257, resolved)).toBe(27);
  });
});

describe('blockers', () => {
  const reasons = (change: Partial<PlanBase>, rows: Partial<typeof data> = {}, chosen = auto) =>
    findBlockers({ ...base, ...change }, { ...data, ...rows }, chosen, TODAY).map((blocker) => blocker.reason);
  it.each([
    ['nothing', {}, {}, []],
    ['a version that is not ready', {}, { status: 'importing', trainRows: 0 }, ['version_not_ready']],
    ['no training rows', {}, { trainRows: 0 }, ['no_train_rows']],
    ['too few examples', {}, { trainRows: 9 }, ['too_few_examples']],
    ['a long example', {}, { maxExampleTokens: 501 }, ['example_too_long']],
    ['an unknown limit', { maxExampleTokens: null }, { maxExampleTokens: 99_999 }, []],
    ['a model that is not there', { available: false }, {}, ['model_unavailable']],
    ['the last day for jobs', { jobsUntil: TODAY }, {}, []],
    ['the day after', { jobsUntil: '2026-11-30' }, {}, ['model_closed']],
    [
      'everything at once',
      { available: false },
      { trainRows: 1, maxExampleTokens: 900 },
      ['too_few_examples', 'example_too_long', 'model_unavailable'],
    ],
  ])('%s', (_name, change, rows, expected) => {
    expect(reasons(change, rows)).toEqual(expected);
  });

  it('name a value outside of the limits', () => {
    expect(reasons({}, {}, { ...auto, epochs: 51 })).toEqual(['out_of_range']);
  });

  it('are not a connection that is down: that is a warning', () => {
    const down = { ...base, connectionHealth: 'down' };
    expect(findBlockers(down, data, auto, TODAY)).toEqual([]);
    expect(findWarnings(down, data, { needsCap: false })).toHaveLength(1);
  });
});

describe('the hold', () => {
  const known = { high: 900n, free: false };
  it.each([
    ['free', { high: null, free: true }, 5n, 0n],
    ['the high end', known, null, 900n],
    ['a lower cap', known, 100n, 100n],
    ['a higher cap holds no more than the run can cost', known, 5000n, 900n],
    ['unknown price, no cap', { high: null, free: false }, null, null],
    ['unknown price, cap', { high: null, free: false }, 77n, 77n],
  ])('%s', (_name, estimate, cap, hold) => {
    expect(holdOf(estimate, cap)).toBe(hold);
  });
});

describe('the fingerprint', () => {
  const plan = {
    dataset: {
      ...{ id: 'd', name: 'D', version: 1, versionId: 'v', trainRows: 240 },
      ...{ validationRows: 30, holdoutRows: 30, trainTokens: 9000 },
    },
    baseModel: { connectionId: 'c', connectionLabel: 'C', id: 'base-1', label: 'Base' },
    hyperparameters: auto,
    resolved: resolveAuto(base, auto, 240),
    steps: 1200,
    estimate: {
      ...{ low: 1n, expected: 2n, high: 3n, arithmetic: [], source: null, checkedAt: null },
      ...{ free: false, freeReason: null, unknownReason: null, serving: null },
    },
    hold: 3n,
    needsCap: false,
    blockers: [],
  };
  it('differs with whatever matters, and with nothing else', () => {
    const same = planFingerprint(plan);
    expect(planFingerprint({ ...plan, dataset: { ...plan.dataset, name: 'Renamed' } })).toBe(same);
    const others = [
      { ...plan, dataset: { ...plan.dataset, versionId: 'w' } },
      { ...plan, dataset: { ...plan.dataset, trainTokens: 9001 } },
      { ...plan, baseModel: { ...plan.baseModel, connectionId: 'x' } },
      { ...plan, hyperparameters: { ...auto, epochs: 4 } },
      { ...plan, steps: 1201 },
      { ...plan, estimate: { ...plan.estimate, high: 4n } },
      { ...plan, hold: null },
      { ...plan, blockers: [{ reason: 'r', message: 'm' }] },
    ].map(planFingerprint);
    expect(new Set([same, ...others]).size).toBe(others.length + 1);
  });
});
