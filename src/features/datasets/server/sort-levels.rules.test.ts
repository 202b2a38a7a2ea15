import { describe, expect, it } from 'vitest';
import { groupsFrom, levelsOf, levelsWithin, within } from './sort-levels.rules';

const level = (value: number, rows: number) => ({ value, rows });

describe('levels of a sort', () => {
  it('are the values that rows have, in its order', () => {
    const scores = Array.from({ length: 20 }, (_, step) => (step === 19 ? 7 : 0));
    const points = Array.from({ length: 101 }, (_, score) => (score === 95 ? 2 : score === 100 ? 5 : 0));
    const sums = { tokens: [3, 1, 4, 2], scores, points };
    expect(levelsOf(sums, 'worst')).toEqual([level(95, 2), level(100, 5)]);
    expect(levelsOf(sums, 'best')).toEqual([level(100, 5), level(95, 2)]);
    expect(levelsOf(sums, 'shortest')).toEqual([level(3, 1), level(7, 2)]);
    expect(levelsOf(sums, 'longest')).toEqual([level(7, 2), level(3, 1)]);
    expect(levelsOf({ tokens: [], scores }, 'best').map(({ value }) => value)).toEqual([100, 99, 98, 97, 96, 95]);
  });

  it('are looked at in growing groups, and alone where many rows have one', () => {
    const levels = [level(1, 600), level(2, 300), level(3, 200), level(4, 50_000), level(5, 1)];
    expect([...groupsFrom(levels, 'shortest', { value: null, rows: 1000 })]).toEqual([
      { from: 1, to: 2, rows: 900 },
      { from: 3, to: 3, rows: 200 },
      { from: 4, to: 4, rows: 50_000 },
      { from: 5, to: 5, rows: 1 },
    ]);
  });

  it('go on at the value of the last row, or behind it where no row has it', () => {
    const levels = [level(9, 1), level(5, 1), level(2, 1)];
    expect([...groupsFrom(levels, 'longest', { value: 5, rows: 1000 })]).toEqual([{ from: 5, to: 2, rows: 2 }]);
    expect([...groupsFrom(levels, 'longest', { value: 7, rows: 1000 })]).toEqual([{ from: 5, to: 2, rows: 2 }]);
    expect([...groupsFrom(levels, 'longest', { value: 1, rows: 1000 })]).toEqual([]);
  });

  it('are those that a filter leaves, so that none is asked in vain', () => {
    const levels = [level(9, 1), level(5, 1), level(2, 1)];
    expect(levelsWithin(levels, { minTokens: 3 }, 'longest')).toEqual([level(9, 1), level(5, 1)]);
    expect(levelsWithin(levels, { maxScore: 5 }, 'best')).toEqual([level(5, 1), level(2, 1)]);
    expect(levelsWithin(levels, { minTokens: 3 }, 'best')).toEqual(levels);
    expect(within('longest', { from: 9, to: 2 })).toEqual({ minTokens: 2, maxTokens: 9 });
    expect(within('worst', { from: 40, to: 60 })).toEqual({ minScore: 40, maxScore: 60 });
  });

  it('never make a group of more rows than are held at a time', () => {
    const levels = Array.from({ length: 3000 }, (_, value) => level(value, 300));
    const sizes = [...groupsFrom(levels, 'shortest', { value: null, rows: 51 })].map(({ rows }) => rows);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(40_000);
    expect(sizes.reduce((a, b) => a + b)).toBe(900_000);
    expect(sizes.length).toBeLessThan(40);
  });
});
