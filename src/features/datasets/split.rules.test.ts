import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FEW_OF_A_LABEL,
  HOLDOUT,
  NEW_PLAN,
  SMALL_DATASET,
  splitByRank,
  splitOf,
  TRAIN,
  VALIDATION,
} from './split.rules';

const share = (splits: readonly number[], split: number) =>
  splits.filter((one) => one === split).length / splits.length;

describe('splitOf', () => {
  it('gives shares near 80/10/10 for any seed', () => {
    for (const seed of [0, 1, 42, -7, 2 ** 31 - 1]) {
      const splits = Array.from({ length: 50_000 }, (_, i) => splitOf(Math.imul(i, 0x9e3779b1), seed));
      expect(share(splits, TRAIN)).toBeCloseTo(0.8, 1);
      expect(share(splits, VALIDATION)).toBeCloseTo(0.1, 1);
      expect(share(splits, HOLDOUT)).toBeCloseTo(0.1, 1);
    }
  });

  it('depends on the hash and the seed alone, and on both', () => {
    const of = (seed: number) => Array.from({ length: 200 }, (_, i) => splitOf(i * 7919, seed)).join('');
    expect(of(42)).toBe(of(42));
    expect(of(42)).not.toBe(of(43));
  });
});

describe('splitByRank', () => {
  it('keeps a tenth each aside, at least one from three examples on, whatever the hashes are', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { maxLength: 300 }), fc.integer(), (lows, seed) => {
        const splits = splitByRank(lows, seed);
        const aside = lows.length < 3 ? 0 : Math.max(1, Math.round(lows.length / 10));
        expect(splits).toHaveLength(lows.length);
        expect(splits.filter((split) => split === HOLDOUT)).toHaveLength(aside);
        expect(splits.filter((split) => split === VALIDATION)).toHaveLength(aside);
      }),
      { seed: 3 },
    );
  });

  it('gives an example the same side wherever it stands in the file', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 3, maxLength: 100 }), (lows) => {
        const byLow = (order: number[]) => new Map(splitByRank(order, 42).map((split, i) => [order[i], split]));
        const turned = byLow([...lows].reverse());
        expect([...byLow(lows)].every(([low, split]) => turned.get(low) === split)).toBe(true);
      }),
      { seed: 3 },
    );
  });

  it('agrees mostly with the rule for large datasets, so few examples move when a dataset grows', () => {
    const lows = Array.from({ length: SMALL_DATASET - 1 }, (_, i) => Math.imul(i + 1, 0x85ebca6b));
    const same = splitByRank(lows, 42).filter((split, i) => split === splitOf(lows[i] ?? 0, 42));
    expect(same.length / lows.length).toBeGreaterThan(0.9);
  });
});

describe('splitByRank with labels', () => {
  it('gives every label of some examples its shares to within one, and all together exactly', () => {
    const plans = fc.record({
      validationShare: fc.constantFrom(0, 0.1, 0.25, 0.5),
      holdoutShare: fc.constantFrom(0, 0.05, 0.3),
      stratify: fc.constant(true),
    });
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 4 }), { minLength: 3, maxLength: 200 }), plans, (labels, plan) => {
        const lows = labels.map((_, i) => Math.imul(i + 1, 0x85ebca6b));
        const dealt = splitByRank(lows, 7, plan, labels);
        const wanted = (share: number) => (share === 0 ? 0 : Math.max(1, Math.round(labels.length * share)));
        const count = (split: number, label?: number) =>
          dealt.filter((one, i) => one === split && (label === undefined || labels[i] === label)).length;
        expect(count(HOLDOUT)).toBe(wanted(plan.holdoutShare));
        expect(Math.abs(count(VALIDATION) - wanted(plan.validationShare))).toBeLessThanOrEqual(1);
        for (const label of new Set(labels)) {
          const all = labels.filter((one) => one === label).length;
          if (all < FEW_OF_A_LABEL) continue;
          const due = (all * wanted(plan.holdoutShare)) / labels.length;
          expect(Math.abs(count(HOLDOUT, label) - due)).toBeLessThan(1.01);
        }
      }),
      { seed: 3 },
    );
  });

  it('gives an example the same side wherever it stands in the file', () => {
    const rows = fc.array(fc.nat({ max: 6 }), { minLength: 3, maxLength: 150 });
    fc.assert(
      fc.property(rows, (labels) => {
        const all = labels.map((label, i) => ({ low: Math.imul(i + 1, 0x85ebca6b), label }));
        // Labels are numbered as they come.
        const sides = (list: typeof all) => {
          const numbers = [...new Set(list.map(({ label }) => label))];
          const dealt = splitByRank(
            list.map(({ low }) => low),
            42,
            NEW_PLAN,
            list.map(({ label }) => numbers.indexOf(label)),
          );
          return new Map(list.map(({ low }, i) => [low, dealt[i]]));
        };
        const turned = sides(all.toReversed());
        expect([...sides(all)].every(([low, split]) => turned.get(low) === split)).toBe(true);
      }),
      { seed: 3 },
    );
  });

  it('deals out as without labels where hardly two answers are the same', () => {
    const lows = Array.from({ length: 300 }, (_, i) => Math.imul(i + 1, 0x85ebca6b));
    const answers = lows.map((_, i) => Math.floor(i / (FEW_OF_A_LABEL - 1)));
    expect(splitByRank(lows, 42, NEW_PLAN, answers)).toEqual(splitByRank(lows, 42));
  });
});
