/**
 * What the o200k pattern asks of a character. The pattern's `\s` is Unicode White_Space, which is not JavaScript's `\s`
 * (U+0085 belongs to it, U+FEFF does not), so the classes are made from the Unicode properties themselves.
 * The numbers are those of assembly/tokens/layout.ts; 0 is everything else.
 */
const classes: readonly (readonly [number, RegExp])[] = [
  [1, /[\p{Lu}\p{Lt}]+/gu],
  [2, /\p{Ll}+/gu],
  /** Letters without case, and modifier letters: they fit both the upper and the lower part of a word. */
  [3, /[\p{Lm}\p{Lo}]+/gu],
  [4, /\p{M}+/gu],
  [5, /\p{N}+/gu],
  [6, /\p{White_Space}+/gu],
  [7, /[\n\r]+/gu],
];

/**
 * Letters, marks and numbers that Unicode 17 added. tiktoken's pattern runs on Unicode 16, where they are unassigned, while
 * newer Node versions know them: without this list a count would depend on the Node version. (Found by probing npm tiktoken
 * with every code point.) Ranges of hexadecimal code points, both ends included.
 */
const UNICODE_17 =
  '88f c5c cdc 1acf-1add 1ae0-1aeb a7ce-a7cf a7d2 a7d4 a7f1 10940-10959 10ec5-10ec7 10efa-10efb 11b60-11b67 11db0-11ddb 11de0-11de9 16ea0-16eb8 16ebb-16ed3 16ff2-16ff6 187f8-187ff 18d09-18d1e 18d80-18df2 1e6c0-1e6de 1e6e0-1e6f5 1e6fe-1e6ff 2b73a-2b73f 2cea2-2cead 323b0-33479';

const CODE_POINTS = 0x110000;
const SURROGATES = [0xd800, 0xe000] as const;
const BLOCK = 0x1000;

/** One byte per code point. Lone surrogates are 0, as U+FFFD is. */
export function buildCharClasses(): Uint8Array {
  const table = new Uint8Array(CODE_POINTS);
  for (let from = 0; from < CODE_POINTS; from += BLOCK) {
    if (from >= SURROGATES[0] && from < SURROGATES[1]) continue;
    fillBlock(table, from);
  }
  for (const range of UNICODE_17.split(' ')) {
    const [first = 0, last = first] = range.split('-').map((hex) => Number.parseInt(hex, 16));
    table.fill(0, first, last + 1);
  }
  return table;
}

/** All characters of a block in one text: looking for runs in it is a tenth of the work of asking for each character. */
function fillBlock(table: Uint8Array, from: number): void {
  const text = String.fromCodePoint(...Array.from({ length: BLOCK }, (_, i) => from + i));
  const units = from >= 0x10000 ? 2 : 1;
  for (const [kind, pattern] of classes) {
    for (const { 0: run, index } of text.matchAll(pattern)) {
      const start = from + index / units;
      table.fill(kind, start, start + run.length / units);
    }
  }
}
