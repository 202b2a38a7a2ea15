import {
  ANSWER_FROM,
  ANSWER_TO,
  ASKS,
  CODE,
  FIRST,
  fact,
  HASH,
  keepFact,
  LAST,
  LAST_BITS,
  LENGTH,
  QUESTION_FROM,
  QUESTION_HASH,
  QUESTION_TO,
  TOKENS,
  WORDS,
} from './facts';
import { noteRow } from './index-row';
import { ASSISTANT, DEVELOPER, field, messages, SYSTEM } from './json-row';
import { findKin } from './kin';
import { PIECE, ROW_BITS, ROW_WORDS, RULES, TEXT } from './layout';
import { keepPrompt, readRowAt } from './plain-row';
import { countRole, countRow, isCountable } from './row-counts';
import { hasRoom, storeRow, storeText } from './store-row';
import { ANGLE, AT, DAMAGE, DASH, MACHINE } from './text-words';
import { judgeRow, learnRow, measureLearned } from './usual';

/*
 * Takes rows of a piece of a file, one after the other, as long as there is nothing to say about them: what is usual in a
 * good file never leaves this module. Where it stops, the caller goes on with the row as far as it was brought here, by
 * the same steps; both ways must lead to the same, and a test holds them to it.
 */

/** Why it stopped: nothing is left, the line is no row of the usual shape, the row was read, it was judged too, no room. */
const DONE: u32 = 0;
const REFUSED: u32 = 1;
const READ: u32 = 2;
const JUDGED: u32 = 3;
const FULL: u32 = 4;
const SEGMENT: u32 = 5;
/** The row was taken. */
const TAKEN: u32 = 6;

/** Rules, from RULES on: tokens around a text and flags, by role; and how rows are dealt out, in 8 bytes each. */
const AROUND: usize = 0;
const FLAGS_OF: usize = 16;
const PRIMING: usize = 32;
const MULTI_TURN: usize = 36;
const SEED: usize = 40;
const FULL_SCORE: usize = 44;
const TRAIN_UNTIL: usize = 48;
const VALIDATION_UNTIL: usize = 56;

/** Bits of what the lexicon says of words: see lexicon.ts. */
const CONNECTING: u32 = 1 << 17;
const SECRET: u32 = 1 << 18;
const REFUSING: u32 = 1 << 20;
/** From how many on a text is searched: see check-text.ts. */
const MIN_DIGITS: u32 = 8;
const MIN_KEY: u32 = 10;
/** Shorter answers have no middle to stop in, and shorter questions are repeated by chance: see check-answer.ts. */
const MIN_CUT: u32 = 24;
const MIN_ASKED: u32 = 4;

/** Where the next line begins, and how many were taken. */
export let next: u32 = 0;
export let taken: u32 = 0;
/** What was found of the row that was judged last. */
export let hasKin = false;
export let told: u32 = 0;

/**
 * @param from    where in the piece a line begins
 * @param end     behind the last line end
 * @param line    number of that first line
 * @param ordinal its place in the file
 * @returns       why it stopped
 */
export function takeRows(from: u32, end: u32, line: u32, ordinal: f64): u32 {
  const start = PIECE + from;
  const limit = PIECE + end;
  let at = start;
  let stop = DONE;
  taken = 0;
  while (at < limit) {
    const to = lineEnd(at);
    // The line's end is overwritten when it is read.
    const behind = load<u16>(to) === 0x0a0d ? to + 2 : to + 1;
    stop = takeRow(at, to, line + taken, ordinal + <f64>(at - start));
    if (stop < TAKEN && stop !== SEGMENT) break;
    at = behind;
    taken++;
    if (stop === SEGMENT) break;
    stop = DONE;
  }
  next = <u32>(at - PIECE);
  return stop;
}

/** Where the line ends that begins here: there is such an end. */
function lineEnd(from: usize): usize {
  let at = from;
  while (true) {
    const bytes = v128.load(at);
    const ends = v128.or(i8x16.eq(bytes, i8x16.splat(0x0a)), i8x16.eq(bytes, i8x16.splat(0x0d)));
    if (v128.any_true(ends)) return at + ctz<u32>(<u32>i8x16.bitmask(ends));
    at += 16;
  }
}

function takeRow(from: usize, to: usize, line: u32, ordinal: f64): u32 {
  const length = <u32>(to - from);
  if (readRowAt(from, length, TEXT) === 0) return REFUSED;
  let tokens = load<u32>(RULES, PRIMING);
  let trainable: u32 = 0;
  let turns: u32 = 0;
  let flags: u32 = 0;
  for (let i: u32 = 0; i < messages; i++) {
    if (isWorthChecking(i)) return READ;
    const role = <usize>field(i, 0);
    const content = field(i, 3);
    tokens += load<u32>(RULES + AROUND + (role << 2)) + content;
    flags |= load<u32>(RULES + FLAGS_OF + (role << 2));
    if (role !== ASSISTANT) continue;
    trainable += content;
    turns++;
  }
  if (turns > 1) flags |= load<u32>(RULES, MULTI_TURN);
  keepFact(TOKENS, tokens);
  if (mayBeAtFault() || !isCountable(tokens, turns)) return READ;
  if (!hasRoom(length)) return FULL;
  for (let i: u32 = 0; i < messages; i++) keepCleanPrompt(i);
  if (judge(line)) return JUDGED;
  for (let i: u32 = 0; i < messages; i++) countRole(field(i, 0));
  const high = fact(HASH);
  const low = fact(HASH + 1);
  const split = splitOf(low);
  countRow(tokens, trainable, flags, split, turns);
  noteRow();
  const score = load<u32>(RULES, FULL_SCORE);
  const isFull = storeRow(line, ordinal, tokens, trainable, high, low, high, low, flags, score, split, length);
  storeText(from, length);
  return isFull ? SEGMENT : TAKEN;
}

/** Whether a look at the text itself is worth its price, as check-text.ts has it. */
function isWorthChecking(message: u32): bool {
  if (field(message, 4) & (AT | ANGLE | DAMAGE | DASH)) return true;
  return field(message, 5) >= MIN_DIGITS || field(message, 6) >= MIN_KEY || (field(message, 7) & SECRET) !== 0;
}

/** A prompt that was read, and is not the one that is remembered. */
function keepCleanPrompt(message: u32): void {
  const role = field(message, 0);
  if ((role === SYSTEM || role === DEVELOPER) && field(message, 4) !== 0) keepPrompt(message);
}

/** Whether check-answer.ts may have something to say: it looks closer. */
function mayBeAtFault(): bool {
  const first = fact(FIRST);
  if (first === 0x7b || first === 0x5b || mayBeginRefusal(first)) return true;
  const from = fact(ANSWER_FROM);
  if (fact(ANSWER_TO) > from && load<u32>(ROW_BITS + ((<usize>from) << 2)) & REFUSING) return true;
  if (field(messages - 1, 7) & MACHINE || repeatsQuestion(from)) return true;
  const last = fact(LAST);
  return fact(LENGTH) >= MIN_CUT && (fact(CODE) !== 0 || stopsOpen(last));
}

/** By a sign that the lexicon has no word for: check-answer.ts has the same ones. */
function mayBeginRefusal(first: u32): bool {
  if (first < 0x80) return false;
  return first - 0x2000 < 0x70 || first === 0xa0 || first === 0x3000 || first === 0x3059 || first === 0xc8c4;
}

function repeatsQuestion(answer: u32): bool {
  const asked = fact(QUESTION_TO) - fact(QUESTION_FROM);
  if (asked < MIN_ASKED || fact(ANSWER_TO) - answer < asked) return false;
  const question = ROW_WORDS + ((<usize>fact(QUESTION_FROM)) << 2);
  return memory.compare(question, ROW_WORDS + ((<usize>answer) << 2), (<usize>asked) << 2) === 0;
}

/** With one of , ; ( [ { < = + & / \ | “ ‘ « or a small letter of a word that connects; beyond ASCII any letter of such a word. */
function stopsOpen(last: u32): bool {
  if (last - 0x61 < 26) return (fact(LAST_BITS) & CONNECTING) !== 0;
  if (last > 127) return last === 0x201c || last === 0x2018 || last === 0xab || (fact(LAST_BITS) & CONNECTING) !== 0;
  return (
    last === 0x2c ||
    last === 0x3b ||
    last === 0x28 ||
    last === 0x5b ||
    last === 0x7b ||
    last === 0x3c ||
    last === 0x3d ||
    last === 0x2b ||
    last === 0x26 ||
    last === 0x2f ||
    last === 0x5c ||
    last === 0x7c
  );
}

/** @returns whether there is something to say of the row */
function judge(line: u32): bool {
  // Where nothing is asked, only copies ask the same.
  const asked = fact(ASKS) ? QUESTION_HASH : HASH;
  hasKin = findKin(line, fact(HASH), fact(HASH + 1), fact(asked), fact(asked + 1), fact(WORDS));
  learnRow();
  measureLearned();
  told = judgeRow();
  return hasKin || told !== 0;
}

/** The side of the split that a content hash is on: see split.rules.ts. */
function splitOf(low: u32): u32 {
  let hash = (low ^ load<u32>(RULES, SEED)) * 0x85ebca6b;
  hash ^= hash >> 15;
  hash *= 0xc2b2ae35;
  const unit = <f64>(hash ^ (hash >> 13)) / 4294967296.0;
  if (unit < load<f64>(RULES, TRAIN_UNTIL)) return 0;
  return unit < load<f64>(RULES, VALIDATION_UNTIL) ? 1 : 2;
}
