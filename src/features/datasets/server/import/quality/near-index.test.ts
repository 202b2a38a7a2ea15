import { describe, expect, it } from 'vitest';
import { TokenEngine } from '../o200k/engine';
import { RowEngine } from '../o200k/row-engine';
import { NearIndex } from './near-index';
import { RowLog } from './row-log';

/** Words that are the same on every run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    const t = Math.imul(state ^ (state >>> 15), 1 | state);
    return (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  };
}

const jaccard = (a: Int32Array, b: Int32Array): number => {
  const runs = (words: Int32Array) =>
    new Set(Array.from({ length: words.length - 2 }, (_, i) => words.slice(i, i + 3).join(' ')));
  const [first, second] = [runs(a), runs(b)];
  const both = [...first].filter((run) => second.has(run)).length;
  return both / (first.size + second.size - both);
};

/** A text of which every nth word is another one. */
const changed = (words: Int32Array, every: number, next: () => number): Int32Array =>
  words.map((word, i) => (i % every === every >> 1 ? next() : word));

const engine = new RowEngine(new TokenEngine());

describe('NearIndex', () => {
  const near = (index: NearIndex, line: number, words: Int32Array) => {
    const hash = { high: line, low: line * 7 };
    return index.add({ line, hash, question: hash, words, count: words.length });
  };

  it.each([
    ['one word in 80', 80, 0.95, 1],
    ['one word in 40', 40, 0.75, 1],
    ['one word in 10', 10, 0, 0.03],
    ['one word in 6', 6, 0, 0.01],
  ])('finds rows in which %s is another, as their likeness says', (_, every, atLeast, atMost) => {
    const seed = 17;
    const next = generator(seed);
    const index = new NearIndex(engine, true);
    let found = 0;
    let alike = 0;
    const ROWS = 400;
    for (let i = 0; i < ROWS; i++) {
      const words = Int32Array.from({ length: 160 }, next);
      const other = changed(words, every, next);
      expect(near(index, 2 * i + 1, words).nearLine, `seed ${seed}`).toBe(0);
      const kin = near(index, 2 * i + 2, other);
      alike += jaccard(words, other) / ROWS;
      if (kin.nearLine === 0) continue;
      found++;
      expect(kin.nearLine).toBe(2 * i + 1);
      expect(Math.abs(kin.likeness - jaccard(words, other))).toBeLessThan(0.25);
    }
    expect(found / ROWS, `${alike} alike, seed ${seed}`).toBeGreaterThanOrEqual(atLeast);
    expect(found / ROWS, `${alike} alike, seed ${seed}`).toBeLessThanOrEqual(atMost);
  });

  it('finds a copy of a row from long before, and says nothing of rows that are told to be copies', () => {
    const next = generator(3);
    const index = new NearIndex(engine, true);
    const rows = Array.from({ length: 30_000 }, () => Int32Array.from({ length: 30 }, next));
    for (const [i, words] of rows.entries()) near(index, i + 1, words);
    let found = 0;
    for (let i = 0; i < 300; i++)
      if (near(index, 40_000 + i, rows[i * 100] as Int32Array).nearLine === i * 100 + 1) found++;
    expect(found).toBe(300);
  });

  it('looks at nothing but questions when it is told so', () => {
    const words = Int32Array.from({ length: 40 }, generator(1));
    const index = new NearIndex(engine, false);
    near(index, 1, words);
    expect(near(index, 2, words).nearLine).toBe(0);
  });
});

it('RowLog keeps groups, also those that become one', () => {
  const log = new RowLog();
  const sign = new Int32Array(4);
  const rowOf = (line: number) => ({
    line,
    hash: { high: line, low: -line },
    question: { high: 0, low: 0 },
    words: sign,
    count: 4,
  });
  for (let i = 0; i < 9000; i++) expect(log.add(rowOf(i + 1), sign, i % 3 === 2 ? i - 2 : -1)).toBe(i);
  expect(log.group(8999)).toBe(8997);
  expect(log.size(8997)).toBe(2);
  expect(log.merge(log.group(8999), log.group(3))).toBe(3);
  expect(log.group(8999)).toBe(3);
  expect(log.size(3)).toBe(4);
  expect(log.hash(4000)).toEqual({ high: 4001, low: -4001 });
});
