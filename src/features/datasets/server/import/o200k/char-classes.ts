/**
 * What the o200k pattern asks of a character. The pattern's `\s` is Unicode White_Space, which is not JavaScript's `\s`
 * (U+0085 belongs to it, U+FEFF does not), so the classes are made from the Unicode properties themselves.
 * The numbers are those of assembly/rows/layout.ts; 0 is everything else.
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
/** Where characters are: not the surrogates, not what is unassigned or for private use. */
const REGIONS = [
  [0x0000, 0xd800],
  [0xe000, 0x34000],
  [0xe0000, 0xe1000],
] as const;
const BLOCK = 0x1000;
let built: Uint8Array | null = null;

/** One byte per code point. Lone surrogates are 0, as U+FFFD is. Made once, 0.1 s of CPU; do not write to it. */
export function charClasses(): Uint8Array {
  built ??= build();
  return built;
}

function build(): Uint8Array {
  const table = new Uint8Array(CODE_POINTS);
  for (const [start, end] of REGIONS) for (let from = start; from < end; from += BLOCK) fillBlock(table, from);
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

/** Latin, Greek, Cyrillic and Armenian: other scripts with capitals are rare enough to keep them. */
const FOLDED = 0x590;

/** For each character below U+0590 its small letter, where that is one character. */
export function smallLetters(): Uint16Array<ArrayBuffer> {
  return Uint16Array.from({ length: FOLDED }, (_, code) => {
    const small = String.fromCharCode(code).toLowerCase();
    return small.length === 1 ? small.charCodeAt(0) : code;
  });
}
