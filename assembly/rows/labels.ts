import { hashBytes } from './bits';
import { CALLS, fact, keepFact, LABEL, LENGTH } from './facts';
import { ANSWER, LABEL_COUNTS, LABEL_HASHES, LABEL_ROWS, LABEL_TEXTS, LABELS, SAMPLED } from './layout';
import { fillLogs, logOf } from './logs';
import { forgetSamples, sampleQuestion } from './sample-words';
import { addCapped, addOne, countAt } from './sums';

/*
 * Labels that the words of the question speak against: naive Bayes over the words (whether one is there), learned from the
 * other rows. Off for files whose answers are no labels. Labels are numbered from 1 on, in the order in which they come;
 * 0 stands for all of them together.
 */

/** An answer is a label where answers are short and few texts make up nearly all of them. In UTF-16 code units. */
const MAX_LABEL: u32 = 80;
const MAX_LABELS: u32 = 64;
const ALL: u32 = 0;
const MIN_ROWS_PER_LABEL: u32 = 5;
/** Nothing speaks for a label that fewer rows have. */
const MIN_ROWS: u32 = 10;
/** Bytes of a label at its longest, behind its length. */
const TEXT_BYTES: usize = 256;
const NO_TEXT: u32 = <u32>-1;
/** Words of the question that are looked at. */
const SAMPLE: u32 = 32;
const SLOTS_BITS: u32 = 12;
/** So many rows are given the time to show a label. */
const TRIED: u32 = 50;
/** Rows added to what was seen and to what is expected: what a label of few rows has by chance says little, and what it lacks nothing. */
const DOUBT: f64 = 0.5;
/** Natural logarithm of how much likelier another label must be: twenty times. */
const SURE: f64 = 3;
/** Where more rows than this would be told of, the question does not decide the label. */
const UNDECIDED: f64 = 0.25;

export const LABEL_CUT: u32 = 4096;
export const LABEL_UNLIKELY: u32 = 8192;

let rows: u32 = 0;
/** Rows that have one of the labels. */
let labelled: u32 = 0;
let labels: u32 = 0;
let judged: f64 = 0;
let doubted: f64 = 0;
let isOff = false;
/** Of the row that was judged last: the label that its own is the beginning of, and the one its words speak for. */
export let wholeLabel: u32 = 0;
export let likelyLabel: u32 = 0;

/** A new file begins. */
export function startLabels(): void {
  fillLogs();
  if (labels > 0) memory.fill(LABELS, 0, ANSWER - LABELS);
  rows = 0;
  labelled = 0;
  labels = 0;
  judged = 0;
  doubted = 0;
  isOff = false;
}

/** Keeps the text of an answer until its row is learned. @param units  its length in UTF-16 code units */
export function keepAnswer(text: usize, length: u32, units: u32): void {
  if (isOff) return;
  const isShort = units <= MAX_LABEL;
  store<u32>(ANSWER, isShort ? length : NO_TEXT);
  if (isShort) memory.copy(ANSWER + 4, text, length);
}

/** Address of a label's length, behind which its bytes lie. */
export function labelText(label: u32): usize {
  return LABEL_TEXTS + (<usize>label - 1) * TEXT_BYTES;
}

export function learnLabel(): void {
  keepFact(LABEL, 0);
  if (isOff) return;
  rows++;
  const label = labelOfAnswer();
  if (label === 0) return;
  keepFact(LABEL, label);
  addOne(LABEL_ROWS, label);
  labelled++;
  const size = sampleQuestion(SAMPLE);
  for (let i: u32 = 0; i < size; i++) {
    addCapped(countOf(label, i));
    addCapped(countOf(ALL, i));
  }
}

/** How much likelier the likeliest other label is than the row's own, as a logarithm; NaN where nothing tells. */
export function measureLabel(): f64 {
  const label = known();
  if (label === 0 || labels < 2 || labels * MIN_ROWS_PER_LABEL > rows) return NaN;
  const size = sampleQuestion(SAMPLE);
  if (size === 0) return NaN;
  const other = likeliestOther(label, size);
  if (other === 0) return NaN;
  const odds = logOdds(other, size, 0) - logOdds(label, size, 1);
  judged++;
  if (odds > SURE) doubted++;
  return odds;
}

/** @returns what is to be told of a row with this figure */
export function judgeLabel(odds: f64): u32 {
  const label = known();
  if (label === 0) return 0;
  wholeLabel = wholeOf(label);
  const found = wholeLabel === 0 ? 0 : LABEL_CUT;
  if (!(odds > SURE) || doubted > judged * UNDECIDED) return found;
  // The row may have been measured some time ago.
  forgetSamples();
  likelyLabel = likeliestOther(label, sampleQuestion(SAMPLE));
  return found | LABEL_UNLIKELY;
}

/** The label of the row at hand, as it was learned. */
function known(): u32 {
  return isOff ? 0 : fact(LABEL);
}

function labelOfAnswer(): u32 {
  const length = load<u32>(ANSWER);
  const hash = length === NO_TEXT ? 0 : hashBytes(ANSWER + 4, length);
  if (length !== NO_TEXT) {
    for (let label: u32 = 1; label <= labels; label++)
      if (countAt(LABEL_HASHES, label) === hash && isText(label, length)) return label;
  }
  if (fact(CALLS) || length === NO_TEXT || labels === MAX_LABELS) {
    // Answers that are no labels, or too many different ones: this file is not about labels.
    isOff = rows > TRIED && rows - labelled > rows / 5;
    return 0;
  }
  labels++;
  store<u32>(LABEL_HASHES + ((<usize>labels) << 2), hash);
  memory.copy(labelText(labels), ANSWER, 4 + length);
  return labels;
}

function isText(label: u32, length: u32): bool {
  const text = labelText(label);
  return load<u32>(text) === length && memory.compare(text + 4, ANSWER + 4, length) === 0;
}

/** A commoner label that begins with this one: "posi" is what was left of "positive". 0 = none */
function wholeOf(own: u32): u32 {
  if (fact(LENGTH) === 0 || labels * MIN_ROWS_PER_LABEL > rows) return 0;
  for (let other: u32 = 1; other <= labels; other++)
    if (countAt(LABEL_ROWS, other) > countAt(LABEL_ROWS, own) * 2 && beginsWith(other, own)) return other;
  return 0;
}

function beginsWith(label: u32, beginning: u32): bool {
  const text = labelText(label);
  const start = labelText(beginning);
  const length = load<u32>(start);
  return load<u32>(text) >= length && memory.compare(text + 4, start + 4, length) === 0;
}

/** The label that the words speak for, apart from the row's own; 0 = there is none that they can speak for. */
function likeliestOther(own: u32, size: u32): u32 {
  let best: u32 = 0;
  let most = -Infinity;
  for (let label: u32 = 1; label <= labels; label++) {
    if (label === own || countAt(LABEL_ROWS, label) < MIN_ROWS) continue;
    const odds = logOdds(label, size, 0);
    if (odds <= most) continue;
    most = odds;
    best = label;
  }
  return best;
}

/**
 * How likely the row is to have the label, as a logarithm: how many rows have it, and for each word how much more of them have
 * the word than of all rows.
 *
 * @param off  what the row itself added: 1 for its own label
 */
function logOdds(label: u32, size: u32, off: f64): f64 {
  const rowsOfLabel = <f64>countAt(LABEL_ROWS, label) - off;
  const share = rowsOfLabel / <f64>labelled;
  let total = logOf(rowsOfLabel);
  for (let i: u32 = 0; i < size; i++) {
    const seen = max<f64>(0, <f64>load<u16>(countOf(label, i)) - off);
    const expected = max<f64>(0, <f64>load<u16>(countOf(ALL, i)) - 1) * share;
    total += logOf(seen + DOUBT) - logOf(expected + DOUBT);
  }
  return total;
}

/** Where the number of rows stands that have the label and a word of the sample. */
function countOf(label: u32, index: u32): usize {
  const slot = (countAt(SAMPLED, index) >> 1) & ((1 << SLOTS_BITS) - 1);
  return LABEL_COUNTS + ((<usize>((label << SLOTS_BITS) + slot)) << 1);
}
