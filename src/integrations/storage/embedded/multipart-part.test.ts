import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MultipartPart } from './multipart-part';

const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
const BOUNDARY = '----WebKitFormBoundary7MA4YWxkTrZu0gW';
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`;
const HEAD = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n`;
const TAIL = `\r\n--${BOUNDARY}--`;

/** Feeds `body` in pieces whose sizes repeat `steps`; null when the end is missing. */
function unwrap(body: Buffer, steps: readonly number[]): Buffer | null {
  const part = new MultipartPart(TYPE);
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < body.length; turn++) {
    const step = steps[turn % steps.length] ?? 1;
    pieces.push(...part.push(body.subarray(at, at + step)));
    at += step;
  }
  const last = part.end();
  return last && Buffer.concat([...pieces, last]);
}

// Pieces that look like the end of the part, or nearly so.
const lookAlikes = fc
  .array(
    fc.constantFrom(
      `\r\n--${BOUNDARY}--\r\n`,
      TAIL,
      `--${BOUNDARY}`,
      `\r\n--${BOUNDARY}`,
      '\r\n',
      '\r',
      '\n',
      '--',
      'x',
    ),
    { maxLength: 12 },
  )
  .map((pieces) => Buffer.from(pieces.join('')));
const content = fc.oneof(
  lookAlikes,
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
);
const steps = fc.oneof(fc.constant([1]), fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 }));

describe(`MultipartPart (seed ${seed})`, () => {
  it('gives back any content in any pieces, with and without the last line end', () => {
    fc.assert(
      fc.property(content, steps, fc.boolean(), (bytes, sizes, lineEnd) => {
        const body = Buffer.concat([Buffer.from(HEAD), bytes, Buffer.from(TAIL + (lineEnd ? '\r\n' : ''))]);
        expect(unwrap(body, sizes)?.equals(bytes)).toBe(true);
      }),
      { seed, numRuns: 3000 },
    );
  });

  it('never takes a body for whole that was cut', () => {
    const cuttable = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(cuttable, steps, fc.integer({ min: 1, max: 60 }), (bytes, sizes, cut) => {
        const body = Buffer.concat([Buffer.from(HEAD), bytes, Buffer.from(TAIL)]);
        fc.pre(cut < body.length);
        expect(unwrap(body.subarray(0, body.length - cut), sizes)).toBeNull();
      }),
      { seed, numRuns: 1000 },
    );
  });

  it('refuses what does not begin with the boundary, a boundless header, and no boundary', () => {
    expect(() => unwrap(Buffer.from('hello world, this is no multipart at all'), [3])).toThrow(/boundary/);
    expect(() => unwrap(Buffer.from(`--${BOUNDARY}\r\nX: ${'y'.repeat(20_000)}`), [4096])).toThrow(/too long/);
    expect(() => new MultipartPart('multipart/form-data')).toThrow(/no boundary/);
  });
});
