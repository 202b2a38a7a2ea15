import { ANSWER_FROM, ANSWER_TO, fact, QUESTION_FROM, QUESTION_TO } from './facts';
import { FIGURES, ROW_WORDS, SHARE_STEPS, SHARES, WORD_COUNTS, WORD_COUNTS_ROOM } from './layout';
import { add, addOne, ENOUGH, LEARNED, medianOf, SHARE_MEDIAN, sum } from './sums';

/*
 * Words that stand in no other row, more of them than is usual: signs that were mixed up, another subject, or noise. In how
 * many rows a word stands is known as far as a byte tells, by its hash, whose last bit is set for numbers.
 */
const MOST: u32 = 255;
/** A figure that says nothing. */
export const NONE: f64 = -1;
const WORDS_RARE: u32 = 128;
const WORDS_NOISE: u32 = 256;
const FRESH: usize = 8;
/** Words that were looked at, and those of them that no other row has. */
let all: u32 = 0;
let fresh: u32 = 0;

let isClear = true;

/** A new file begins. */
export function forgetCounts(): void {
  if (!isClear) memory.fill(WORD_COUNTS, 0, WORD_COUNTS_ROOM);
  isClear = true;
}

function countOf(word: u32): usize {
  return WORD_COUNTS + <usize>((word >> 1) & (WORD_COUNTS_ROOM - 1));
}

/** Counts words of the row, from one number to another. */
function countWords(from: u32, to: u32): void {
  isClear = false;
  for (let i = from; i < to; i++) {
    const place = countOf(load<u32>(ROW_WORDS + ((<usize>i) << 2)));
    const seen = <u32>load<u8>(place);
    if (seen < MOST) store<u8>(place, <u8>(seen + 1));
  }
}

/** Of the words of question and answer, numbers aside, the share that stands in no other row. */
function freshShare(): f64 {
  const own = <u32>isLearned();
  all = 0;
  fresh = 0;
  look(fact(QUESTION_FROM), fact(QUESTION_TO), own);
  look(fact(ANSWER_FROM), fact(ANSWER_TO), own);
  return all < MIN_WORDS ? NONE : <f64>fresh / <f64>all;
}

/** @param own  1 when the row itself was counted */
function look(from: u32, to: u32, own: u32): void {
  for (let i = from; i < to; i++) {
    const word = load<u32>(ROW_WORDS + ((<usize>i) << 2));
    // Numbers are new as a rule.
    const isWord = ~word & 1;
    all += isWord;
    fresh += isWord & <u32>(<u32>load<u8>(countOf(word)) <= own);
  }
}

/** From here on only every fourth row is learned: by then the words are known. */
const LEARNED_WELL: f64 = 20_000;
const EVERY: u32 = 4;
/** Fewer words say nothing. */
const MIN_WORDS: u32 = 4;
/** How much more than usual of the words must be new: for rare words, and for noise. */
const RARE_FACTOR: f64 = 2.5;
const RARE_MORE: f64 = 0.15;
const NOISE_FACTOR: f64 = 4;
const NOISE_MORE: f64 = 0.35;

/** Whether the row at hand was learned, and has to be taken off again. */
function isLearned(): bool {
  return sum(LEARNED) <= LEARNED_WELL || <u32>sum(LEARNED) % EVERY === 0;
}

export function learnWords(): void {
  add(LEARNED, 1);
  if (!isLearned()) return;
  countWords(fact(QUESTION_FROM), fact(QUESTION_TO));
  countWords(fact(ANSWER_FROM), fact(ANSWER_TO));
}

export function measureWords(): void {
  const share = freshShare();
  store<f64>(FIGURES, share, FRESH);
  if (share === NONE) return;
  add(SHARE_MEDIAN, 1);
  addOne(SHARES, <u32>Math.floor(share * <f64>SHARE_STEPS + 0.5));
}

/** The share that half of the rows do not exceed. */
export function usualShare(): f64 {
  return medianOf(SHARES, SHARE_MEDIAN);
}

export function judgeWords(): u32 {
  const share = load<f64>(FIGURES, FRESH);
  if (share === NONE || sum(SHARE_MEDIAN) < ENOUGH) return 0;
  const usual = usualShare();
  if (share < max(usual * RARE_FACTOR, usual + RARE_MORE)) return 0;
  return share >= max(usual * NOISE_FACTOR, usual + NOISE_MORE) ? WORDS_NOISE : WORDS_RARE;
}
