import { describe, expect, it } from 'vitest';
import { encodedTurn } from '../testing/examples';
import { learningRate, resolveHyperparameters } from './hyperparameters';
import { layOut } from './micro-batch';
import { packRows, rowTokens } from './packing';
import { makePlan } from './plan';
import { chooseRowShape } from './row-shape';

const examples = Array.from({ length: 21 }, (_, index) =>
  encodedTurn(`Repeat: ${'x '.repeat(index % 7)}${index}`, `${index}`),
);

describe('automatic hyperparameters', () => {
  it.each([
    [10, { n_epochs: 15, batch_size: 1 }],
    [200, { n_epochs: 6, batch_size: 6 }],
    [300, { n_epochs: 4, batch_size: 9 }],
    [20_000, { n_epochs: 3, batch_size: 32 }],
  ])('suit %i examples', (count, expected) => {
    expect(resolveHyperparameters({ n_epochs: 'auto' }, count)).toEqual({ ...expected, learning_rate_multiplier: 1 });
  });

  it('leave chosen values alone, but no batch is larger than the data', () => {
    const chosen = { n_epochs: 2, batch_size: 64, learning_rate_multiplier: 0.5 };
    expect(resolveHyperparameters(chosen, 30)).toEqual({ ...chosen, batch_size: 30 });
  });

  it('warm the learning rate up and let it fall to nearly nothing', () => {
    const rates = Array.from({ length: 100 }, (_, step) => learningRate(step, 100, 1));
    expect(rates[0]).toBeCloseTo(1 / 6);
    expect(Math.max(...rates)).toBe(1);
    expect(rates[99]).toBeLessThan(0.02);
  });
});

describe('the plan', () => {
  const plan = makePlan(examples, examples.slice(0, 5), { n_epochs: 3, batch_size: 4, learning_rate_multiplier: 1 }, 7);

  it('shows every example once per epoch, in an order that follows from the seed', () => {
    expect(plan.totalSteps).toBe(18);
    expect(plan.stepsPerEpoch).toBe(6);
    for (let epoch = 0; epoch < 3; epoch++) {
      const seen = plan.steps.slice(epoch * 6, epoch * 6 + 6).flat(3);
      expect(seen.toSorted((a, b) => a - b)).toEqual(examples.map((_, index) => index));
    }
    const same = makePlan(examples, [], { n_epochs: 3, batch_size: 4, learning_rate_multiplier: 1 }, 7);
    const other = makePlan(examples, [], { n_epochs: 3, batch_size: 4, learning_rate_multiplier: 1 }, 8);
    expect(same.steps).toEqual(plan.steps);
    expect(other.steps).not.toEqual(plan.steps);
  });

  it('cuts each step into micro-batches of one shape that the lanes share', () => {
    for (const step of plan.steps) {
      for (const rows of step) expect(rows.length).toBeLessThanOrEqual(plan.trainShape.rows);
    }
    expect(plan.validation.flat(2).toSorted()).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('packing', () => {
  const length = 32;
  const all = examples.map((_, index) => index);
  const rows = packRows(examples, all, length);

  it('puts every example into exactly one row that has room for it', () => {
    expect(rows.flat().toSorted((a, b) => a - b)).toEqual(all);
    for (const row of rows) {
      expect(
        row.reduce((sum, index) => sum + rowTokens(examples[index] ?? { ids: [], weights: [] }), 0),
      ).toBeLessThanOrEqual(length);
    }
    expect(rows.length).toBeLessThan(examples.length);
  });

  it('lets a token see its own conversation up to itself, and nothing else', () => {
    const [first = []] = rows;
    const batch = layOut(examples, [first], { rows: 1, length, targets: 64 });
    const owner: number[] = [];
    for (const index of first)
      owner.push(...Array.from({ length: rowTokens(examples[index] ?? { ids: [], weights: [] }) }, () => index));
    for (let at = 0; at < length; at++) {
      for (let other = 0; other < length; other++) {
        const padding = owner[at] === undefined;
        const visible = padding ? at === other : other <= at && owner[other] === owner[at];
        expect(batch.bias[at * length + other]).toBe(visible ? 0 : Math.fround(-1e9));
      }
      expect(batch.keep[at]).toBe(owner[at] !== undefined && owner[at] === owner[at - 1] ? 1 : 0);
    }
  });

  it('chooses rows that waste little', () => {
    const even = Array.from({ length: 16 }, () => ({ ids: Array.from({ length: 41 }, () => 7), weights: [] }));
    const { length, rows } = chooseRowShape(even, [], [even.map((_, index) => index)]);
    expect((length * rows * 2) / (16 * 40)).toBeLessThan(1.3);
  });

  it('refuses what is too long for the longest row', () => {
    const long = { ids: Array.from({ length: 514 }, () => 7), weights: [] };
    expect(() => chooseRowShape([long], [], [[0]])).toThrow('513');
  });
});
