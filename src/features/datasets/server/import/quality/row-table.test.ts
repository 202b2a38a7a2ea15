import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SIGN_WORDS } from './min-hash';
import { HASH, RowLog } from './row-log';
import { RowTable } from './row-table';

const sign = new Int32Array(SIGN_WORDS);
const words = new Int32Array(0);
const hashes = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -4000, max: 4000 }));

describe('RowTable', () => {
  it('behaves as a map from hash to first row', () => {
    const property = fc.property(fc.array(hashes, { maxLength: 9000, size: 'max' }), (list) => {
      const log = new RowLog();
      const table = new RowTable(log, HASH.question);
      const known = new Map<string, number>();
      for (const [high, low] of list) {
        const key = `${high}/${low}`;
        const question = { high: high << 25, low };
        expect(table.find(question)).toBe(known.get(key) ?? -1);
        if (known.has(key)) continue;
        // Other rows in between, whose contents have the same hashes.
        if (low % 3 === 0) log.add({ line: 1, hash: question, question: { high: 9, low }, words, count: 0 }, sign, -1);
        const row = log.add({ line: 1, hash: { high: 0, low: 0 }, question, words, count: 0 }, sign, -1);
        table.add(question, row);
        known.set(key, row);
      }
    });
    fc.assert(property, { seed: 13, numRuns: 5 });
  });
});
