import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenEngine } from '../o200k/engine';
import { RowEngine } from '../o200k/row-engine';
import { NearIndex } from './near-index';

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
    index.add({ line, hash, question: hash, words, count: words.length });
    return index.kin;
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

  it('finds the first row with the same content, or the same question, of any number of rows', () => {
    const words = new Int32Array(0);
    const numbers = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -4000, max: 4000 }));
    const property = fc.property(fc.array(numbers, { minLength: 5000, maxLength: 6000 }), (list) => {
      const index = new NearIndex(engine, true);
      const contents = new Map<string, number>();
      const questions = new Map<number, number>();
      const wanted: number[][] = [];
      const found = list.map(([high, low], i) => {
        const line = i + 1;
        const key = `${high}/${low}`;
        // Hashes that differ in their upper bits only, and questions that several contents have.
        const asked = Math.abs(low) % 1000;
        const copyOf = contents.get(key) ?? 0;
        wanted.push([copyOf, copyOf > 0 ? 0 : (questions.get(asked) ?? 0)]);
        if (!contents.has(key)) contents.set(key, line);
        if (!questions.has(asked)) questions.set(asked, line);
        index.add({ line, hash: { high: high << 25, low }, question: { high: 7, low: asked }, words, count: 0 });
        return [index.kin.copyOf, index.kin.sameQuestionLine];
      });
      expect(found).toEqual(wanted);
    });
    fc.assert(property, { seed: 13, numRuns: 2 });
  });

  it('names a group after its first row, also when two groups become one, which they do until rows are written', () => {
    const next = generator(8);
    const index = new NearIndex(engine, true);
    const one = Int32Array.from({ length: 60 }, next);
    const other = Int32Array.from({ length: 60 }, next);
    const add = (line: number, words: Int32Array, question: number) => {
      const hash = { high: line, low: -line };
      index.add({ line, hash, question: { high: 1, low: question }, words, count: words.length });
      return index.kin;
    };
    const first = add(1, one, 1).row;
    const second = add(2, other, 2).row;
    expect(index.groupOf(second)).toEqual({ high: 2, low: -2 });
    // Says what the first one says, and asks what the second one asks.
    const both = add(3, one, 2);
    expect([both.nearLine, both.sameQuestionLine, both.otherRow]).toEqual([1, 2, -1]);
    for (const row of [first, second, both.row]) expect(index.groupOf(row)).toEqual({ high: 1, low: -1 });
    index.keepGroups();
    const alone = Int32Array.from({ length: 60 }, next);
    add(4, alone, 4);
    expect(add(5, alone, 1)).toMatchObject({ nearLine: 4, sameQuestionLine: 1, otherRow: 3 });
    expect(index.groupOf(-1)).toBeNull();
  });
});
