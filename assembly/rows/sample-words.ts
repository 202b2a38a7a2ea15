import { ANSWER_FROM, ANSWER_TO, fact, QUESTION_FROM, QUESTION_TO } from './facts';
import { ROW_BITS, ROW_WORDS, SAMPLED, SAMPLED_ANSWER } from './layout';

/** Words of a longer text that are looked at. */
const LOOKED_AT: u32 = 400;
/** Too common to say what a text is about: see lexicon.ts. */
const COMMON: u32 = 1 << 16;
const NONE: u32 = <u32>-1;

/** Words in the samples of the row at hand: of the question so many at most, of the answer. */
let asked: u32 = NONE;
let askedMost: u32 = 0;
let said: u32 = NONE;

/** Another row is at hand. */
export function forgetSamples(): void {
  asked = NONE;
  said = NONE;
}

/** Samples the question into SAMPLED. @param most  words that are wanted @returns how many there are */
export function sampleQuestion(most: u32): u32 {
  if (asked === NONE || askedMost < most) {
    asked = sampleWords(fact(QUESTION_FROM), fact(QUESTION_TO), SAMPLED, most);
    askedMost = most;
  }
  // The smallest ones of a larger sample are the smaller one.
  return min(asked, most);
}

/** Samples the answer into SAMPLED_ANSWER. */
export function sampleAnswer(most: u32): u32 {
  if (said === NONE) said = sampleWords(fact(ANSWER_FROM), fact(ANSWER_TO), SAMPLED_ANSWER, most);
  return said;
}

function at(place: usize, index: u32): i32 {
  return load<i32>(place + ((<usize>index) << 2));
}

function put(place: usize, index: u32, word: i32): void {
  store<i32>(place + ((<usize>index) << 2), word);
}

/**
 * The distinct words of a text with the smallest hashes, common ones aside: two texts that share words share the ones
 * chosen, whatever else is in them.
 *
 * @param from  where the text lies in the words of the row, up to `to`
 * @param into  takes at most `most` words, in ascending order
 * @returns     how many there are
 */
function sampleWords(from: u32, to: u32, into: usize, most: u32): u32 {
  let size: u32 = 0;
  const end = min(to, from + LOOKED_AT);
  for (let i = from; i < end; i++) {
    if (<u32>at(ROW_BITS, i) & COMMON) continue;
    const word = at(ROW_WORDS, i);
    if (size === most && word >= at(into, size - 1)) continue;
    let place = size;
    while (place > 0 && at(into, place - 1) > word) place--;
    if (place > 0 && at(into, place - 1) === word) continue;
    if (size < most) size++;
    for (let k = size - 1; k > place; k--) put(into, k, at(into, k - 1));
    put(into, place, word);
  }
  return size;
}
