import {
  ANSWER_FROM,
  ANSWER_LANGUAGE,
  ANSWER_TO,
  CALLS,
  END,
  FORM,
  fact,
  LENGTH,
  QUESTION_FROM,
  QUESTION_LANGUAGE,
  QUESTION_TO,
  TOKENS,
} from './facts';
import { ENDS, FIGURES, FORMS, LANGUAGES, ROW_HEAD, SHARE_STEPS, SHARES, USUAL } from './layout';
import { countWords, forgetCounts, freshShare, NONE } from './word-shares';

/*
 * What is usual among the rows of a file, and which of them are unlike it: in length, in language, in how they end and are
 * built, and in their words. A row is learned, then measured, then judged; the first rows of a file are all learned before
 * one is judged. What a row itself has added is taken off again. usual-signals.ts says what is found in words.
 */

/** Rows from which on a file is said to have a usual. */
const ENOUGH: f64 = 30;
/** What is told of a row, a bit each. */
const NEARLY_EMPTY: u32 = 1;
const LENGTH_UNUSUAL: u32 = 2;
const OTHER_LANGUAGE: u32 = 4;
const RARE_LANGUAGE: u32 = 8;
const FORM_UNUSUAL: u32 = 16;
const END_UNUSUAL: u32 = 32;
const END_UNCOMMON: u32 = 64;
const WORDS_RARE: u32 = 128;
const WORDS_NOISE: u32 = 256;
const FAR_LONGER: u32 = 512;

/** Sums from USUAL on, 8 bytes each; of lengths three, of answers and of rows: how many, their mean, and squares. */
const LENGTHS: usize = 0;
const COUNT: usize = 0;
const MEAN: usize = 8;
const SQUARES: usize = 16;
const KNOWN: usize = 24;
const PAIRS: usize = 32;
const SWITCHES: usize = 40;
const FORMED: usize = 48;
const SHORT: usize = 56;
const COMMON: usize = 64;
const LEARNED: usize = 72;
const SHARED: usize = 80;
const MEDIAN: usize = 88;
const MEDIAN_UNTIL: usize = 96;
const ROW_LENGTHS: usize = 104;

/** Figures from FIGURES on. */
const ALIKE: usize = 0;
const FRESH: usize = 8;

function sum(at: usize): f64 {
  return load<f64>(USUAL + at);
}

function keepSum(at: usize, value: f64): void {
  store<f64>(USUAL + at, value);
}

function add(at: usize, value: f64): void {
  keepSum(at, sum(at) + value);
}

function countAt(table: usize, index: u32): u32 {
  return load<u32>(table + ((<usize>index) << 2));
}

function addOne(table: usize, index: u32): void {
  const place = table + ((<usize>index) << 2);
  store<u32>(place, load<u32>(place) + 1);
}

/** A new file begins. */
export function startUsual(): void {
  memory.fill(USUAL, 0, ROW_HEAD - USUAL);
  forgetCounts();
}

export function learnRow(): void {
  learnLength();
  learnLanguage();
  learnForm();
  learnWords();
}

export function measureRow(): void {
  store<f64>(FIGURES, measureForm(), ALIKE);
  const share = freshShare(
    fact(QUESTION_FROM),
    fact(QUESTION_TO),
    fact(ANSWER_FROM),
    fact(ANSWER_TO),
    <u32>isLearned(),
    MIN_WORDS,
  );
  store<f64>(FIGURES, share, FRESH);
  if (share !== NONE) addShare(share);
}

/** @returns bits of what is to be told */
export function judgeRow(): u32 {
  return judgeLength() | judgeLanguage() | judgeForm() | judgeWords();
}

// Lengths are judged by their logarithm, as they spread that way.

/** Distances from the mean of the logarithm, in standard deviations, beyond which a length is unusual. */
const FAR: f64 = 4;
/** Lengths that hardly differ would make any other unusual: the spread counts as at least this, a factor of 1.4. */
const MIN_SPREAD: f64 = 0.35;
/** So short an answer says next to nothing where the usual one has so many words of six letters. */
const FEW_WORDS: i32 = 2;
const MANY_LETTERS: f64 = 72;

function logOf(count: u32): f64 {
  return Math.log(<f64>(count + 1));
}

/** Number, mean and squares from `at` on, as values come. Source: Welford, Technometrics 1962. */
function addTo(at: usize, value: f64): void {
  const before = value - sum(at + MEAN);
  add(at + COUNT, 1);
  add(at + MEAN, before / sum(at + COUNT));
  add(at + SQUARES, before * (value - sum(at + MEAN)));
}

/** How many of the distances beyond which a value is unusual it lies above the mean. */
function distance(at: usize, value: f64): f64 {
  const count = sum(at + COUNT);
  const deviation = count > 1 ? Math.sqrt(sum(at + SQUARES) / (count - 1)) : 0;
  return (value - sum(at + MEAN)) / (FAR * max(MIN_SPREAD, deviation));
}

function learnLength(): void {
  addTo(ROW_LENGTHS, logOf(fact(TOKENS)));
  if (!fact(CALLS)) addTo(LENGTHS, logOf(fact(LENGTH)));
}

/** Signs of the usual answer. */
export function usualLength(): f64 {
  return usualOf(LENGTHS);
}

/** Tokens of the usual row. */
export function usualTokens(): f64 {
  return usualOf(ROW_LENGTHS);
}

function usualOf(at: usize): f64 {
  return Math.floor(Math.exp(sum(at + MEAN)) + 0.5);
}

function judgeLength(): u32 {
  const found = fact(CALLS) ? 0 : judgeAnswerLength();
  if (found !== 0 || sum(ROW_LENGTHS) < ENOUGH) return found;
  return distance(ROW_LENGTHS, logOf(fact(TOKENS))) > 1 ? FAR_LONGER : 0;
}

function judgeAnswerLength(): u32 {
  if (sum(LENGTHS) < ENOUGH) return 0;
  const words = <i32>(fact(ANSWER_TO) - fact(ANSWER_FROM));
  if (words <= FEW_WORDS && usualLength() >= MANY_LETTERS) return NEARLY_EMPTY;
  return Math.abs(distance(LENGTHS, logOf(fact(LENGTH)))) > 1 ? LENGTH_UNUSUAL : 0;
}

/** Where this many answers are in another language than their question, translating is the task. */
const SWITCHES_ARE_USUAL: f64 = 0.2;
/** A language of fewer rows is rare where one language has the most. */
const RARE: f64 = 0.02;
const MOST: f64 = 0.9;
const LANGUAGE_COUNT: u32 = 32;

function learnLanguage(): void {
  const said = fact(ANSWER_LANGUAGE);
  if (said === 0) return;
  add(KNOWN, 1);
  addOne(LANGUAGES, said);
  const asked = fact(QUESTION_LANGUAGE);
  if (asked === 0) return;
  add(PAIRS, 1);
  if (asked !== said) add(SWITCHES, 1);
}

/** The language that most answers are in. */
export function commonLanguage(): u32 {
  return mostOf(LANGUAGES, LANGUAGE_COUNT);
}

function mostOf(table: usize, size: u32): u32 {
  let most: u32 = 0;
  for (let i: u32 = 1; i < size; i++) if (countAt(table, i) > countAt(table, most)) most = i;
  return most;
}

function judgeLanguage(): u32 {
  const said = fact(ANSWER_LANGUAGE);
  const asked = fact(QUESTION_LANGUAGE);
  if (said === 0 || sum(KNOWN) < ENOUGH) return 0;
  const isOther = asked !== 0 && asked !== said && sum(SWITCHES) < sum(PAIRS) * SWITCHES_ARE_USUAL;
  const found = isOther ? OTHER_LANGUAGE : 0;
  if (<f64>countAt(LANGUAGES, said) >= sum(KNOWN) * RARE) return found;
  return <f64>countAt(LANGUAGES, commonLanguage()) >= sum(KNOWN) * MOST ? found | RARE_LANGUAGE : found;
}

// Answers that end unlike nearly all others (most often because they were cut off), or are built unlike them.

const NO_FORM: u32 = <u32>-1;
const STOP: u32 = 2;
const CLOSE: u32 = 3;
const END_COUNT: u32 = 5;
/** An end that fewer answers than this have is unusual; below the other share it is at least not the common one. */
const RARE_END: f64 = 0.02;
const UNCOMMON_END: f64 = 0.2;
/** Where fewer answers than this end in one way, there is no common one. */
const ONE_WAY: f64 = 0.7;
/** Forms are compared where the answers are short and this share of them has one that is common. */
const COMMON_SHARE: f64 = 0.7;
/** A form is common from this share of the answers on, and unusual below the other one. */
const COMMON_FORM: f64 = 0.02;
const UNUSUAL_FORM: f64 = 0.004;

function hasForm(): bool {
  return !fact(CALLS) && fact(LENGTH) !== 0;
}

function learnForm(): void {
  if (!hasForm()) return;
  add(FORMED, 1);
  addOne(ENDS, fact(END));
  if (fact(FORM) === NO_FORM) return;
  add(SHORT, 1);
  addOne(FORMS, fact(FORM));
}

/** Answers with the same form. */
function measureForm(): f64 {
  if (!hasForm() || fact(FORM) === NO_FORM) return NONE;
  const alike = <f64>countAt(FORMS, fact(FORM));
  if (alike >= sum(SHORT) * COMMON_FORM) add(COMMON, 1);
  return alike;
}

/** What most answers end with. */
export function commonEnd(): u32 {
  return mostOf(ENDS, END_COUNT);
}

function judgeForm(): u32 {
  if (!hasForm() || sum(FORMED) < ENOUGH) return 0;
  const alike = load<f64>(FIGURES, ALIKE);
  const areAlike = alike !== NONE && sum(SHORT) > ENOUGH && sum(COMMON) >= sum(SHORT) * COMMON_SHARE;
  if (areAlike && alike - 1 < sum(SHORT) * UNUSUAL_FORM) return FORM_UNUSUAL;
  const end = fact(END);
  if (end === STOP || end === CLOSE) return 0;
  const most = commonEnd();
  if (end === most || <f64>countAt(ENDS, most) < sum(FORMED) * ONE_WAY) return 0;
  const others = <f64>countAt(ENDS, end) - 1;
  if (others >= sum(FORMED) * UNCOMMON_END) return 0;
  return others < sum(FORMED) * RARE_END ? END_UNUSUAL : END_UNCOMMON;
}

// Words that stand in no other row, more of them than is usual: signs that were mixed up, another subject, or noise.

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

function learnWords(): void {
  add(LEARNED, 1);
  if (!isLearned()) return;
  countWords(fact(QUESTION_FROM), fact(QUESTION_TO));
  countWords(fact(ANSWER_FROM), fact(ANSWER_TO));
}

function addShare(share: f64): void {
  add(SHARED, 1);
  addOne(SHARES, <u32>Math.floor(share * <f64>SHARE_STEPS + 0.5));
}

/** The share that half of the rows do not exceed; worked out again when there are a hundredth more of them. */
export function usualShare(): f64 {
  const count = sum(SHARED);
  if (count < sum(MEDIAN_UNTIL)) return sum(MEDIAN);
  keepSum(MEDIAN_UNTIL, count + max<f64>(1, count / 100));
  let step: u32 = 0;
  for (let found = countAt(SHARES, 0); <f64>found * 2 < count; found += countAt(SHARES, step)) step++;
  keepSum(MEDIAN, <f64>step / <f64>SHARE_STEPS);
  return sum(MEDIAN);
}

function judgeWords(): u32 {
  const share = load<f64>(FIGURES, FRESH);
  if (share === NONE || sum(SHARED) < ENOUGH) return 0;
  const usual = usualShare();
  if (share < max(usual * RARE_FACTOR, usual + RARE_MORE)) return 0;
  return share >= max(usual * NOISE_FACTOR, usual + NOISE_MORE) ? WORDS_NOISE : WORDS_RARE;
}
