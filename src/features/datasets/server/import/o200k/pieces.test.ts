import fc from 'fast-check';
import { get_encoding } from 'tiktoken';
import { afterAll, describe, expect, it } from 'vitest';
import { loadEngine } from './engine';
import { TokenPieces } from './pieces';
import { ranksFile } from './ranks-file';

const pieces = new TokenPieces(loadEngine(ranksFile()));
const oracle = get_encoding('o200k_base');
afterAll(() => oracle.free());

const cut = (text: string): string[] => {
  const ends = pieces.ends(text);
  return ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end));
};

describe('where tokens end', () => {
  it('cuts words as the tokeniser does', () => {
    expect(cut('')).toEqual([]);
    expect(cut('Hello world, tokenization!')).toEqual(['Hello', ' world', ',', ' token', 'ization', '!']);
    expect(cut('12345')).toEqual(['123', '45']);
  });

  it('never cuts a character in two', () => {
    const text = 'a👩‍👩‍👧‍👦é漢\ud800z';
    expect(cut(text).join('')).toBe(text);
    expect(cut('🏳️‍🌈').join('')).toBe('🏳️‍🌈');
  });

  it('ends where the reference ends, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abcXYZ 0189.,\n\'"{}_ äß漢') }), (text) => {
        const ends = pieces.ends(text);
        const ids = oracle.encode_ordinary(text);
        // Bytes of each token, summed: the ends in bytes that are also ends of characters.
        const bytes = [...ids].map((id) => oracle.decode_single_token_bytes(id).length);
        let total = 0;
        const reference = new Set(bytes.map((length) => (total += length)));
        const ours = ends.map((end) => Buffer.byteLength(text.slice(0, end)));
        expect(ours.every((end) => reference.has(end))).toBe(true);
        expect(ours.at(-1) ?? 0).toBe(total);
        const characters = new Set(
          [0, ...Array.from(text, (_, i) => i + 1)].map((i) => Buffer.byteLength([...text].slice(0, i).join(''))),
        );
        expect(ours).toEqual([...reference].filter((end) => characters.has(end)));
      }),
    );
  });
});
