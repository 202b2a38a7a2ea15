import { ROW_WORDS, WORD_COUNTS, WORD_COUNTS_ROOM } from './layout';

// In how many rows of a file words stand, as far as a byte tells: entered by the word's hash, whose last bit is set for
// numbers.
const MOST: u32 = 255;
export const NONE: f64 = -1;
/** Words that were looked at, and those of them that no other row has. */
let all: u32 = 0;
let fresh: u32 = 0;

let isClear = true;

/** A new file begins. */
export function forgetCounts(): void {
  if (!isClear) memory.fill(WORD_COUNTS, 0, WORD_COUNTS_ROOM);
  isClear = true;
}

function countAt(word: u32): usize {
  return WORD_COUNTS + <usize>((word >> 1) & (WORD_COUNTS_ROOM - 1));
}

/** Counts words of the row, from one number to another. */
export function countWords(from: u32, to: u32): void {
  isClear = false;
  for (let i = from; i < to; i++) {
    const place = countAt(load<u32>(ROW_WORDS + ((<usize>i) << 2)));
    const seen = <u32>load<u8>(place);
    if (seen < MOST) store<u8>(place, <u8>(seen + 1));
  }
}

/**
 * Of the words of question and answer, numbers aside, the share that stands in no other row.
 * @param own  1 when the row itself was counted
 * @param few  fewer words say nothing
 * @returns    NONE where nothing is said
 */
export function freshShare(asked: u32, askedTo: u32, said: u32, saidTo: u32, own: u32, few: u32): f64 {
  all = 0;
  fresh = 0;
  look(asked, askedTo, own);
  look(said, saidTo, own);
  return all < few ? NONE : <f64>fresh / <f64>all;
}

function look(from: u32, to: u32, own: u32): void {
  for (let i = from; i < to; i++) {
    const word = load<u32>(ROW_WORDS + ((<usize>i) << 2));
    // Numbers are new as a rule.
    const isWord = ~word & 1;
    all += isWord;
    fresh += isWord & <u32>(<u32>load<u8>(countAt(word)) <= own);
  }
}
