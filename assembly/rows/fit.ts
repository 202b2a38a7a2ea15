import { CALLS, fact, QUESTION_FROM, QUESTION_TO } from './facts';
import {
  ASKED,
  FIT_SHARES,
  FITS,
  PAIRS_OF_WORDS,
  ROW_WORDS,
  SAID,
  SAMPLED,
  SAMPLED_ANSWER,
  SHARE_STEPS,
} from './layout';
import { fillLogs, logOf } from './logs';
import { sampleAnswer, sampleQuestion } from './sample-words';
import { add, addCapped, addOne, countAt, ENOUGH, FIT_MEDIAN, medianOf, sum } from './sums';

/*
 * Whether the words of an answer are such as go with the words of its question in the other rows: they stand in the question
 * themselves, or questions with its words have them more often (naive Bayes on pairs of words, with what the row itself
 * added taken off). An answer that belongs to another question has few of them.
 */

/** Words of the question and of the answer that are looked at: the same ones of a text each time. */
const SAMPLE: u32 = 8;
const DOCS_MASK: u32 = (1 << 16) - 1;
const PAIRS_MASK: u32 = (1 << 20) - 1;
/** Words of the question among which those of the answer are looked for. */
const LOOKED_AT: u32 = 700;
/** A word in more rows than this says nothing about the row it stands in. */
const EVERYWHERE: f64 = 0.6;
/** Rows added to what was seen and to what is expected, so that a few rows by chance say little. */
const DOUBT: f64 = 1.5;
/** Logarithms of how much likelier a question makes a word lie between these; a rare word of the question itself has the most. */
const LEAST: f64 = -2;
const MOST: f64 = 3;
/** Where the usual answer is hardly likelier than chance (1.4 times), an unlikely one is nothing unusual. */
const MIN_USUAL: f64 = 0.35;
const WEAK: f64 = 0.4;
const POOR: f64 = 0.1;
/** From here on only every eighth row is learned, and nothing at all where the usual answer says nothing. */
const LEARNED_WELL: u32 = 10_000;
const EVERY: u32 = 8;
const TRIED_ENOUGH: u32 = 2_500;

export const DOES_NOT_FIT: u32 = 1024;
export const FITS_LOOSELY: u32 = 2048;

let rows: u32 = 0;
/** Rows that were learned and have words on both sides. */
let docs: u32 = 0;
/** Nothing will be found in this file. */
let isOff = false;
/** Whether the row at hand was learned, and has to be taken off again: 1 or 0. */
let own: u32 = 1;

/** A new file begins. */
export function startFit(): void {
  fillLogs();
  if (docs > 0) memory.fill(FITS, 0, SAMPLED - FITS);
  rows = 0;
  docs = 0;
  isOff = false;
}

export function learnFit(): void {
  if (isOff) return;
  rows++;
  own = <u32>(rows <= LEARNED_WELL || rows % EVERY === 0);
  if (rows === TRIED_ENOUGH && usualFit() < MIN_USUAL) isOff = true;
  if (own === 0) return;
  const asked = sampleQuestion(SAMPLE);
  const said = sampleAnswer(SAMPLE);
  if (asked === 0 || said === 0) return;
  docs++;
  for (let i: u32 = 0; i < asked; i++) addOne(ASKED, doc(askedAt(i)));
  for (let k: u32 = 0; k < said; k++) addOne(SAID, doc(saidAt(k)));
  for (let i: u32 = 0; i < asked; i++) for (let k: u32 = 0; k < said; k++) addCapped(pair(askedAt(i), saidAt(k)));
}

/** How much likelier than by chance the question makes the words of the answer: mean logarithm; NaN where no word says anything. */
export function measureFit(): f64 {
  if (isOff || fact(CALLS)) return NaN;
  const asked = sampleQuestion(SAMPLE);
  const said = sampleAnswer(SAMPLE);
  if (asked === 0 || said === 0) return NaN;
  const inQuestion = wordsInQuestion(said);
  let telling: f64 = 0;
  let total: f64 = 0;
  for (let k: u32 = 0; k < said; k++) {
    const word = saidAt(k);
    const others = <f64>countAt(SAID, doc(word)) - <f64>own;
    if (others > <f64>docs * EVERYWHERE) continue;
    telling++;
    const likelier = (inQuestion >> k) & 1 ? rarity(word) : support(word, others, asked);
    total += max(LEAST, min(MOST, likelier));
  }
  if (telling === 0) return NaN;
  const fit = total / telling;
  add(FIT_MEDIAN, 1);
  addOne(FIT_SHARES, <u32>Math.floor(((fit - LEAST) / (MOST - LEAST)) * <f64>SHARE_STEPS + 0.5));
  return fit;
}

/** @returns what is to be told of a row with this figure */
export function judgeFit(fit: f64): u32 {
  // No figure is at most anything.
  if (!(fit <= MOST) || sum(FIT_MEDIAN) < ENOUGH) return 0;
  const usual = usualFit();
  if (usual < MIN_USUAL || fit > usual * WEAK) return 0;
  return fit <= usual * POOR ? DOES_NOT_FIT : FITS_LOOSELY;
}

/** The figure that half of the rows do not exceed. */
export function usualFit(): f64 {
  return medianOf(FIT_SHARES, FIT_MEDIAN) * (MOST - LEAST) + LEAST;
}

/** How much likelier a word of the question itself is: the more so the fewer questions have it. */
function rarity(word: u32): f64 {
  return logOf(<f64>docs) - logOf(max<f64>(0, <f64>countAt(ASKED, doc(word)) - <f64>own));
}

/** How much likelier the words of the question make a word of the answer, as a logarithm. */
function support(word: u32, others: f64, asked: u32): f64 {
  if (others < 1) return 0;
  let total: f64 = 0;
  for (let i: u32 = 0; i < asked; i++) {
    const by = askedAt(i);
    const expected = ((<f64>countAt(ASKED, doc(by)) - <f64>own) * others) / <f64>docs;
    const seen = <f64>load<u16>(pair(by, word)) - <f64>own;
    total += logOf(max<f64>(0, seen) + DOUBT) - logOf(max<f64>(0, expected) + DOUBT);
  }
  return total;
}

/** Which words of the answer's sample stand in the question, a bit each. */
function wordsInQuestion(said: u32): u32 {
  const first = v128.load(SAMPLED_ANSWER);
  const second = v128.load(SAMPLED_ANSWER, 16);
  const from = fact(QUESTION_FROM);
  const to = min(fact(QUESTION_TO), from + LOOKED_AT);
  let found = i32x4.splat(0);
  let more = i32x4.splat(0);
  for (let i = from; i < to; i++) {
    const word = i32x4.splat(load<i32>(ROW_WORDS + ((<usize>i) << 2)));
    found = v128.or(found, i32x4.eq(word, first));
    more = v128.or(more, i32x4.eq(word, second));
  }
  const bits = <u32>i32x4.bitmask(found) | ((<u32>i32x4.bitmask(more)) << 4);
  return bits & (((<u32>1) << said) - 1);
}

function askedAt(index: u32): u32 {
  return countAt(SAMPLED, index);
}

function saidAt(index: u32): u32 {
  return countAt(SAMPLED_ANSWER, index);
}

function doc(word: u32): u32 {
  return (word >> 1) & DOCS_MASK;
}

/** Where the number of rows stands that have both. */
function pair(asked: u32, said: u32): usize {
  const hash = (asked ^ (said >> 16) ^ (said << 16)) * 0x9e3779b1;
  return PAIRS_OF_WORDS + ((<usize>((hash ^ (hash >> 15)) & PAIRS_MASK)) << 1);
}
