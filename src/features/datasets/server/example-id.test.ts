import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newExampleId } from '@/testing/new-example-id';
import { ordinalOf } from './example-id';
import { COPY_COLUMNS, CopyWriter } from './import/copy-writer';
import { TokenEngine } from './import/o200k/engine';

const HASH = { high: 1, low: 2 };
const row = (ordinal: number) => ({
  ...{ ordinal, line: 1, body: Buffer.from('{}'), tokens: 1, trainableTokens: 1, hash: HASH, nearHash: HASH },
  ...{ flags: 0, score: 100, split: 0 },
});

const engine = new TokenEngine();

/** Ids of rows as the import writes them. */
function written(ordinals: readonly number[]): string[] {
  const writer = new CopyWriter(engine, '0190d3c0-0000-7000-8000-00000000000f', 1);
  for (const ordinal of ordinals) writer.add(row(ordinal));
  const bytes = Buffer.from(writer.take());
  expect(COPY_COLUMNS[0]).toBe('id');
  const size = bytes.length / ordinals.length;
  return ordinals.map((_, i) => {
    const hex = bytes.toString('hex', i * size + 6, i * size + 22);
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  });
}

describe('the id of a row', () => {
  it('carries the place', () => {
    expect(ordinalOf('00000000-0000-8000-8000-000000000000')).toBe(0);
    expect(ordinalOf('00000000-0200-8abc-9def-0123456789ab')).toBe(512);
    expect(ordinalOf('FFFFFFFF-FFFF-8ABC-BDEF-0123456789AB')).toBe(2 ** 48 - 1);
  });

  it('is written by the import for any place, and never twice', () => {
    const places = fc.array(fc.integer({ min: 0, max: 2 ** 48 - 1 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(places, (ordinals) => {
        const twice = [...ordinals, ...ordinals];
        const ids = [...written(twice), ...written(ordinals)];
        expect(ids.map(ordinalOf)).toEqual([...twice, ...ordinals]);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('comes in the order of the places, and of writing where two rows have one', () => {
    const ids = written([0, 7, 7, 512, 2 ** 32 - 1, 2 ** 32, 2 ** 40 + 3]);
    expect([...ids].sort()).toEqual(ids);
  });

  it('is made the same way for tests', () => {
    expect(ordinalOf(newExampleId(123_456_789_012))).toBe(123_456_789_012);
    expect(newExampleId(5)).not.toBe(newExampleId(5));
  });

  it('leads nowhere when it is none', () => {
    for (const id of [
      '',
      'example',
      '00000000-0200-8abc-9def-0123456789ab ',
      '00000000-0200-8abc-cdef-0123456789ab',
      '0190d3c0-4a5b-7c6d-8e9f-0123456789ab',
      '2f1c9f1e-0b1a-4c57-9d3e-2b8b7a6c5d4e',
      '00000000-0000-0000-0000-000000000000',
      '00000000020080000000000000000000',
    ])
      expect(ordinalOf(id)).toBe(-1);
  });
});
