import { expect, it } from 'vitest';
import { prepareDays } from './prepare-days';

it('fills the days on which nothing was spent', () => {
  const bars = prepareDays([
    { date: '2026-11-02', amount: 1_500_000_000n },
    { date: '2026-11-04', amount: 250_000_000n },
  ]);
  expect(bars.map((bar) => [bar.range, bar.value])).toEqual([
    ['2026-11-01', 0],
    ['2026-11-02', 1.5],
    ['2026-11-03', 0],
    ['2026-11-04', 0.25],
  ]);
});

it('draws nothing for a month that has not begun', () => {
  expect(prepareDays([])).toEqual([]);
});
