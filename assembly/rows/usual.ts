import {
  ANSWER_FROM,
  ANSWER_LANGUAGE,
  ANSWER_TO,
  CALLS,
  END,
  FORM,
  fact,
  LENGTH,
  QUESTION_LANGUAGE,
  TOKENS,
} from './facts';
import { judgeFit, learnFit, measureFit, startFit } from './fit';
import { judgeLabel, learnLabel, measureLabel, startLabels } from './labels';
import { ENDS, FIGURES, FORMS, LANGUAGES, ROW_HEAD, USUAL } from './layout';
import { forgetSamples } from './sample-words';
import {
  add,
  addOne,
  COMMON,
  COUNT,
  countAt,
  ENOUGH,
  FORMED,
  KNOWN,
  LENGTHS,
  MEAN,
  mostOf,
  PAIRS,
  ROW_LENGTHS,
  SHORT,
  SQUARES,
  SWITCHES,
  sum,
} from './sums';
import { forgetCounts, judgeWords, learnWords, measureWords, NONE } from './word-shares';

/*
 * What is usual among the rows of a file, and which of them are unlike it: in length, in language, in how they end and are
 * built, and in their words; which have an answer that does not go with its question (fit.ts, labels.ts). A row is learned, then measured, then judged; the first rows of a file are all learned before
 * one is judged. What a row itself has added is taken off again. usual-signals.ts says what is found in words.
 */

/** What is told of a row, a bit each; others stand in word-shares.ts, fit.ts and labels.ts. */
const NEARLY_EMPTY: u32 = 1;
const LENGTH_UNUSUAL: u32 = 2;
const OTHER_LANGUAGE: u32 = 4;
const RARE_LANGUAGE: u32 = 8;
const FORM_UNUSUAL: u32 = 16;
const END_UNUSUAL: u32 = 32;
const END_UNCOMMON: u32 = 64;
const FAR_LONGER: u32 = 512;

/** The figures of a row: answers built alike; in word-shares.ts the share of words that no other row has; fit; odds of another label. */
const ALIKE: usize = 0;
const FIT: usize = 16;
const ODDS: usize = 24;

/** A new file begins. */
export function startUsual(): void {
  memory.fill(USUAL, 0, ROW_HEAD - USUAL);
  forgetCounts();
  startFit();
  startLabels();
}

export function learnRow(): void {
  forgetSamples();
  learnLength();
  learnLanguage();
  learnForm();
  learnWords();
  // Its sample of the question is the larger one.
  learnLabel();
  learnFit();
}

/** Measures a row that was learned some time ago. */
export function measureRow(): void {
  forgetSamples();
  measureLearned();
}

/** The same for the row that was learned last. */
export function measureLearned(): void {
  store<f64>(FIGURES, measureForm(), ALIKE);
  measureWords();
  store<f64>(FIGURES, measureLabel(), ODDS);
  store<f64>(FIGURES, measureFit(), FIT);
}

/** @returns bits of what is to be told */
export function judgeRow(): u32 {
  const unlike = judgeLength() | judgeLanguage() | judgeForm() | judgeWords();
  return unlike | judgeFit(load<f64>(FIGURES, FIT)) | judgeLabel(load<f64>(FIGURES, ODDS));
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
