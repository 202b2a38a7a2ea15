/**
 * What the o200k pattern asks of a character. The pattern's `\s` is Unicode White_Space, which is not JavaScript's `\s`
 * (U+0085 belongs to it, U+FEFF does not), so the classes are made from the Unicode properties themselves.
 */
export const OTHER = 0;
export const UPPER = 1;
export const LOWER = 2;
/** Letters without case, and modifier letters: they fit both the upper and the lower part of a word. */
export const CASELESS = 3;
export const MARK = 4;
export const NUMBER = 5;
export const SPACE = 6;
export const LINE_END = 7;
/** Added to the class of a code point that takes two UTF-16 units. */
export const WIDE = 8;

/**
 * Letters, marks and numbers that Unicode 17 added. tiktoken's pattern runs on Unicode 16, where they are unassigned, while
 * newer Node versions know them: without this list a count would depend on the Node version. (Found by probing npm tiktoken
 * with every code point.) Ranges of hexadecimal code points, both ends included.
 */
const UNICODE_17 =
  '88f c5c cdc 1acf-1add 1ae0-1aeb a7ce-a7cf a7d2 a7d4 a7f1 10940-10959 10ec5-10ec7 10efa-10efb 11b60-11b67 11db0-11ddb 11de0-11de9 16ea0-16eb8 16ebb-16ed3 16ff2-16ff6 187f8-187ff 18d09-18d1e 18d80-18df2 1e6c0-1e6de 1e6e0-1e6f5 1e6fe-1e6ff 2b73a-2b73f 2cea2-2cead 323b0-33479';

const CODE_POINTS = 0x110000;
const properties: readonly (readonly [number, RegExp])[] = [
  [SPACE, /^\p{White_Space}$/u],
  [UPPER, /^[\p{Lu}\p{Lt}]$/u],
  [LOWER, /^\p{Ll}$/u],
  [CASELESS, /^[\p{Lm}\p{Lo}]$/u],
  [MARK, /^\p{M}$/u],
  [NUMBER, /^\p{N}$/u],
];

/** One byte per code point, in memory that worker threads share. Lone surrogates are OTHER, as U+FFFD is. */
export function buildCharClasses(): Uint8Array {
  const classes = new Uint8Array(new SharedArrayBuffer(CODE_POINTS));
  for (let code = 0; code < CODE_POINTS; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const character = String.fromCodePoint(code);
    classes[code] = properties.find(([, pattern]) => pattern.test(character))?.[0] ?? OTHER;
  }
  for (const range of UNICODE_17.split(' ')) {
    const [first = 0, last = first] = range.split('-').map((hex) => Number.parseInt(hex, 16));
    classes.fill(OTHER, first, last + 1);
  }
  classes[0x0a] = LINE_END;
  classes[0x0d] = LINE_END;
  return classes;
}
