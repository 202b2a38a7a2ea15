import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ContentCounts } from './content-counts';

it('counts as a map does, also when hashes share their lower bits', () => {
  const half = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer());
  const row = fc.tuple(half, half, fc.nat(2), fc.integer({ min: -2, max: 2 }));
  const runs = fc.property(fc.array(row, { maxLength: 300 }), (rows) => {
    const counts = new ContentCounts(rows.length);
    const known = new Map<string, number>();
    for (const [low, high, split, more] of rows) {
      const key = `${low} ${high} ${split}`;
      expect(counts.of(low, high, split)).toBe(known.get(key) ?? 0);
      expect(counts.add(low, high, split, more)).toBe(known.get(key) ?? 0);
      known.set(key, (known.get(key) ?? 0) + more);
    }
    const told = new Map<string, number>();
    counts.each((low, high, split, count) => told.set(`${low} ${high} ${split}`, count));
    expect(told).toEqual(new Map([...known].filter(([, count]) => count !== 0)));
  });
  fc.assert(runs);
});
