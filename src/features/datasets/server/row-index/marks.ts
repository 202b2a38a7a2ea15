// What is known of a row besides its words, as numbers that the index keeps like words. Never give one another meaning.
// Those of one kind lie side by side: below 2^20 they are where they are looked up, so a range of them is on one page or two.
const FLAG_MARK = 0x1000;
const SPLIT_MARK = 0x2000;
const SCORE_MARK = 0x3000;
const TOKENS_MARK = 0x4000;
/** Content hashes follow: the lower 31 bits of one. */
const HASH_MARK = 0x80000000;

const SCORE_STEP = 5;
/** Token counts are told apart in steps of four per cent: sixteen to a doubling. */
const TOKEN_STEPS = 16;

/* The module that reads rows makes the same marks: assembly/rows/store-row.ts. */
export const flagMark = (bit: number): number => FLAG_MARK + bit;
export const splitMark = (split: number): number => SPLIT_MARK + split;
export const scoreMark = (score: number): number => SCORE_MARK + Math.floor(score / SCORE_STEP);
export const tokensMark = (tokens: number): number =>
  TOKENS_MARK + Math.floor(Math.log2(Math.max(1, tokens)) * TOKEN_STEPS);
export const hashMark = (low: number): number => (low | HASH_MARK) >>> 0;

const range = (from: number, to: number): number[] =>
  to < from ? [] : Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Marks of all scores between two, both included. */
export const scoreMarks = (min: number, max: number): number[] => range(scoreMark(min), scoreMark(max));

/** The same for token counts. */
export const tokensMarks = (min: number, max: number): number[] => range(tokensMark(min), tokensMark(max));

const COUNTS = 32 * TOKEN_STEPS;

/** For each of the steps of token counts, from the first one on, the fewest tokens in it. */
export function tokenMarks(): Uint32Array {
  const least = new Uint32Array(COUNTS).fill(0xffffffff);
  for (let step = 0; step < COUNTS; step++) {
    let tokens = Math.floor(2 ** (step / TOKEN_STEPS));
    while (tokens > 1 && tokensMark(tokens - 1) >= TOKENS_MARK + step) tokens--;
    while (tokensMark(tokens) < TOKENS_MARK + step) tokens++;
    least[step] = tokens;
  }
  return least;
}
