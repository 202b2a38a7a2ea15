import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter } from './line-splitter';

interface Seen {
  text: string | null;
  number: number;
  offset: number;
  length: number;
}

function split(file: Buffer, cuts: readonly number[], maxLine = 1000): Seen[] {
  const seen: Seen[] = [];
  const splitter = new LineSplitter(maxLine, ({ bytes, ...line }) =>
    seen.push({ ...line, text: bytes === null ? null : bytes.toString('latin1') }),
  );
  const places = [...cuts.map((cut) => cut % (file.length + 1)), 0, file.length].sort((a, b) => a - b);
  places.slice(1).forEach((to, i) => {
    // A buffer of its own each time, overwritten afterwards: a line must not be read later than it is handed out.
    const piece = Buffer.from(file.subarray(places[i], to));
    splitter.push(piece);
    piece.fill(0);
  });
  splitter.end();
  return seen;
}

describe('LineSplitter', () => {
  it('gives the same lines wherever the chunks are cut', () => {
    const text = fc.array(fc.constantFrom('a', 'bc', '\n', '\r', '\r\n', ''), { maxLength: 40 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 10 }), (pieces, cuts) => {
        const file = Buffer.from(pieces.join(''));
        const lines = split(file, cuts);
        const expected = file.toString().split(/\r\n|\r|\n/);
        if (expected.at(-1) === '') expected.pop();
        expect(lines.map((line) => line.text)).toEqual(expected);
        expect(lines.map((line) => line.number)).toEqual(expected.map((_, i) => i + 1));
        for (const { text, offset, length } of lines) {
          expect(file.toString('latin1', offset, offset + length)).toBe(text);
        }
      }),
      { seed: 11, numRuns: 1000 },
    );
  });

  it('keeps nothing of a line over the cap, tells its true length, and goes on after it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 11, max: 200 }), fc.array(fc.nat(), { maxLength: 12 }), (size, cuts) => {
        const file = Buffer.from(`ok\n${'x'.repeat(size)}\nfine`);
        expect(split(file, cuts, 10)).toEqual([
          { text: 'ok', number: 1, offset: 0, length: 2 },
          { text: null, number: 2, offset: 3, length: size },
          { text: 'fine', number: 3, offset: size + 4, length: 4 },
        ]);
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});
