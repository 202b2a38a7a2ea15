import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenEngine } from '../import/o200k/engine';
import { pageOf, pagesOf, readRows } from './index-lookup';
import { BLOCK_ROWS } from './index-writer';

const engine = new TokenEngine();
const NO_MARKS = [1, 2, 3, 4] as const;

/** Writes rows, each some text, block by block. @returns the rows that the index says have a word */
function write(rows: readonly string[], bits: number) {
  engine.startSegment();
  rows.forEach((text, i) => {
    engine.addRow(Buffer.from(JSON.stringify({ text })));
    engine.addMarks(NO_MARKS, 5, 0);
    if (i % BLOCK_ROWS === BLOCK_ROWS - 1) engine.endBlock();
  });
  if (rows.length % BLOCK_ROWS > 0) engine.endBlock();
  const pages = engine.pages(bits);
  const size = Math.ceil(rows.length / BLOCK_ROWS);
  return (word: string | number): number[] => {
    const [hash = 0] = engine.wordHashes([word]);
    const blocks = new Uint16Array(size);
    readRows(pages[pageOf(hash, bits)] ?? new Uint8Array(), [hash], bits, blocks);
    return rows.flatMap((_, i) => (((blocks[i >>> 4] ?? 0) >>> (i & 15)) & 1 ? [i] : []));
  };
}

const rowsWith = (rows: readonly string[], word: string): number[] =>
  rows.flatMap((text, i) => (text.split(' ').includes(word) ? [i] : []));

describe('the pages of a segment', () => {
  it('name the rows that have a word: one, several of a block, all', () => {
    const rows = Array.from({ length: 100 }, (_, i) =>
      ['every', ...(i % 3 === 0 ? ['third'] : []), ...(i === 15 || i === 16 ? ['edge'] : []), `row${i}`].join(' '),
    );
    for (const bits of [0, 3, 10]) {
      const found = write(rows, bits);
      for (const word of ['every', 'third', 'edge', 'row0', 'row63', 'row99'])
        expect(found(word), `${word} ${bits}`).toEqual(rowsWith(rows, word));
      expect(found(2)).toHaveLength(100);
    }
  });

  it('lose no row, and name hardly one too many, whatever the words are', () => {
    // Words by number: low ones are in nearly all rows, high ones in few.
    const word = fc.integer({ min: 0, max: 12 }).chain((n) => fc.integer({ min: 0, max: 2 ** n }));
    const text = fc.array(word, { maxLength: 30 }).map((words) => words.map((n) => `w${n}`).join(' '));
    const runs = fc.property(
      fc.array(text, { minLength: 1, maxLength: 400 }),
      fc.integer({ min: 0, max: 10 }),
      (rows, bits) => {
        const found = write(rows, bits);
        let excess = 0;
        for (const each of new Set(rows.flatMap((row) => row.split(' ').filter(Boolean)))) {
          const wanted = rowsWith(rows, each);
          const said = new Set(found(each));
          expect(wanted.filter((row) => !said.has(row))).toEqual([]);
          excess += said.size - wanted.length;
        }
        // Two words share a hash of 20 bits once in a long while.
        expect(excess).toBeLessThan(rows.length);
      },
    );
    fc.assert(runs, { numRuns: 60 });
  });

  it('keep the rows apart in a block with more words than the small table takes, and in the one after it', () => {
    const many = Array.from({ length: 20 }, (_, i) =>
      ['every', ...Array.from({ length: i < 16 ? 300 : 3 }, (_, word) => `w${i}x${word}`)].join(' '),
    );
    const found = write(many, 4);
    for (const word of ['every', 'w0x0', 'w0x299', 'w7x150', 'w15x299', 'w16x0', 'w19x2'])
      expect(found(word), word).toEqual(rowsWith(many, word));
  });

  it('tell of several words at once', () => {
    engine.startSegment();
    for (let i = 0; i < 16_000; i++) {
      engine.addMarks([100 + (i % 40), 0x80000000 + i, 500, 600], 5, 0);
      if (i % BLOCK_ROWS === BLOCK_ROWS - 1) engine.endBlock();
    }
    const pages = engine.pages(6);
    const wanted = engine.wordHashes([139, 103, 7, 117]);
    expect([...pagesOf(wanted, 6).values()]).toEqual([[7, 103, 117, 139]]);
    const blocks = new Uint16Array(1000);
    readRows(pages[pageOf(7, 6)] ?? new Uint8Array(), [7, 103, 117, 139], 6, blocks);
    const rows = Array.from({ length: 16_000 }, (_, i) => i).filter((i) => ((blocks[i >>> 4] ?? 0) >>> (i & 15)) & 1);
    expect(rows).toEqual(Array.from({ length: 16_000 }, (_, i) => i).filter((i) => [3, 17, 39].includes(i % 40)));
  });

  it('know nothing of a block that was given up', () => {
    for (let i = 0; i < 5; i++) {
      engine.addRow(Buffer.from('"given up"'));
      engine.addMarks(NO_MARKS, 5, 0);
    }
    const found = write(['first', 'second', 'third'], 2);
    expect([found('given'), found('first'), found('third')]).toEqual([[], [0], [2]]);
  });

  it('hold a segment that is full, and words that are in many rows and then in none for long', () => {
    const isEarly = (i: number) => i < 7000 || i === 16_383;
    const rows = Array.from(
      { length: 1024 * BLOCK_ROWS },
      (_, i) => `a b${i % 2} c${i % 40} d${i % 5000} e${i} ${isEarly(i) ? 'early' : 'late'}`,
    );
    const found = write(rows, 8);
    for (const word of ['a', 'b1', 'c7', 'd4999', 'e0', 'e16383', 'early', 'late'])
      expect(found(word), word).toEqual(rowsWith(rows, word));
  });
});
