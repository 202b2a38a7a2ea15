import { ROW } from './layout';

// What is known of a row as a whole, 4 bytes each, by these numbers; row-engine.ts has them too.

/** Hashes of the whole row and of all before its answer: upper half, then the lower one. */
export const HASH: usize = 0;
export const QUESTION_HASH: usize = 2;
/** Words of the row, and where those of the last question and of the answer lie among them. */
export const WORDS: usize = 4;
export const QUESTION_FROM: usize = 5;
export const QUESTION_TO: usize = 6;
export const ANSWER_FROM: usize = 7;
export const ANSWER_TO: usize = 8;
/** What the lexicon says of the last word. */
export const LAST_BITS: usize = 9;
/** Something is asked. */
export const ASKS: usize = 10;
/** Of the answer, in UTF-16 code units: how many, the first one, and the last one that is no white space; how it ends and is built. */
export const LENGTH: usize = 11;
export const FIRST: usize = 12;
export const LAST: usize = 13;
export const END: usize = 14;
export const FORM: usize = 15;
export const QUESTION_LANGUAGE: usize = 16;
export const ANSWER_LANGUAGE: usize = 17;
/** The answer is a call of a tool. */
export const CALLS: usize = 18;
/** There may be a block of code in it. */
export const CODE: usize = 19;
/** Tokens of the whole row. */
export const TOKENS: usize = 20;
/** Which of the labels the answer is, from 1 on, once the row was learned. */
export const LABEL: usize = 21;

export function fact(index: usize): u32 {
  return load<u32>(ROW + (index << 2));
}

export function keepFact(index: usize, value: u32): void {
  store<u32>(ROW + (index << 2), value);
}
