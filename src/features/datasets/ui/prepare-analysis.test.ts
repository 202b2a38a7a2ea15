import { expect, it } from 'vitest';
import { roleShares, scoreBars, shortCount, splitShares, tokenBars, turnShares, versionLine } from './prepare-analysis';

it('names each bucket by its whole range, without gap or overlap', () => {
  const bars = tokenBars({ edges: [10, 20, 1500], counts: [3, 0, 1] });
  expect(bars.map((bar) => bar.range)).toEqual(['0 to 10', '11 to 20', '21 to 1\u2009500']);
  expect(bars.map((bar) => bar.value)).toEqual([3, 0, 1]);
  expect(tokenBars({ edges: [], counts: [] })).toEqual([]);
});

it('orders roles by how often they speak', () => {
  const shares = roleShares({ roles: { system: 10, assistant: 40, user: 50 } });
  expect(shares.map(({ name, share }) => [name, share])).toEqual([
    ['user', 0.5],
    ['assistant', 0.4],
    ['system', 0.1],
  ]);
});

it('sorts turns as numbers and puts the long tail under one name', () => {
  const shares = turnShares({ turns: { 12: 1, 1: 80, 2: 10, 5: 9 } });
  expect(shares.map(({ name, count }) => [name, count])).toEqual([
    ['1 answer', 80],
    ['2 answers', 10],
    ['5 and more', 10],
  ]);
});

it('makes no share out of nothing', () => {
  expect(splitShares({ trainRows: 0, validationRows: 0, holdoutRows: 0 }).map(({ share }) => share)).toEqual([0, 0, 0]);
});

it.each([
  [999, '999'],
  [9999, '9\u2009999'],
  [412_345, '412\u2009k'],
  [999_499, '999\u2009k'],
  [999_500, '1.00\u2009M'],
  [12_345_678, '12.3\u2009M'],
  [2_000_000_000, '2.00\u2009G'],
])('shortens %d to %s', (value, text) => {
  expect(shortCount(value)).toBe(text);
});

it('names each step of five points by its whole range', () => {
  const bars = scoreBars(Array.from({ length: 20 }, (_, step) => step));
  expect(bars.map(({ range }) => range).filter((_, step) => step % 19 < 2)).toEqual(['0 to 4', '5 to 9', '95 to 100']);
  expect(bars.at(-1)).toEqual({ name: '95', range: '95 to 100', value: 19 });
});

it('says of a version what its rows say, remarks too', () => {
  const version = { number: 4, rows: 1240, tokens: 412_000, problems: 0, warnings: 0 };
  expect(versionLine(version)).toBe('v4 · 1\u2009240 rows · 412\u2009k tokens · no errors or warnings');
  expect(versionLine(version, { mean: 93, remarks: 1204 })).toBe(
    'v4 · 1\u2009240 rows · 412\u2009k tokens · score 93.0 · no errors or warnings · 1\u2009204 remarks',
  );
  expect(versionLine({ ...version, warnings: 2 }, { mean: 93.4, remarks: 1 })).toMatch(
    /score 93.4 · 2 warnings · 1 remark$/,
  );
});
