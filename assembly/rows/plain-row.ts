import { readAnswer } from './answer';
import { hashHigh, hashLow, mixNumber, startHash } from './content-hash';
import {
  ANSWER_FROM,
  ANSWER_LANGUAGE,
  ANSWER_TO,
  ASKS,
  CALLS,
  HASH,
  keepFact,
  LAST_BITS,
  QUESTION_FROM,
  QUESTION_HASH,
  QUESTION_LANGUAGE,
  QUESTION_TO,
  WORDS,
} from './facts';
import { notePrompt } from './index-words';
import { ASSISTANT, DEVELOPER, field, keep, messages, out, readJson, SYSTEM, USER } from './json-row';
import { languageOf } from './language';
import { LETTERS, PROMPT, PROMPT_ROOM, ROW_BITS, TEXT } from './layout';
import { passText } from './text-pass';
import { takeText } from './text-tokens';
import { digits, forgetWords, mixed, readWords, said, seen, words } from './text-words';

/*
 * One pass over rows of the shape that nearly all have: {"messages": [{"role": …, "content": "…"}, …]} with the four roles
 * below, an answer last, and a text in each that has something to see. Anything else is left to the checks, which say what
 * it is: nothing here rejects a row.
 */
/** Longer rows are rare enough for the slow way, and their memory would be kept. */
const LONGEST: u32 = 1 << 20;

/** Reads the row at TEXT: parts, tokens, hashes, words. @returns how many messages there are; 0 = not a plain row */
export function readRow(length: u32): u32 {
  return length > LONGEST ? 0 : readRowAt(TEXT, length, TEXT + length);
}

/**
 * The same for a row elsewhere; the byte behind it is overwritten.
 * @param room  memory for its texts; it goes on behind
 */
export function readRowAt(from: usize, length: u32, room: usize): u32 {
  if (!readJson(from, length, room) || !areInOrder() || field(messages - 1, 0) !== ASSISTANT) return 0;
  measure();
  return messages;
}

/** Instructions first, then questions and answers in turn. */
function areInOrder(): bool {
  let before: u32 = SYSTEM;
  for (let i: u32 = 0; i < messages; i++) {
    const role = field(i, 0);
    if (role === SYSTEM || role === DEVELOPER ? before !== SYSTEM : role === before) return false;
    if (role === ASSISTANT && before === SYSTEM) return false;
    if (role === USER || role === ASSISTANT) before = role;
  }
  return true;
}

/** Numbers of the parts in the hash: see measure-example.ts, whose hash this must equal. */
function rolePart(role: u32): u32 {
  return 100 + 2 * role + (role === ASSISTANT ? 2 : 1);
}

function measure(): void {
  const last = messages - 1;
  let question = <i32>last - 1;
  while (question >= 0 && field(question, 0) !== USER) question--;
  keepFact(QUESTION_FROM, 0);
  keepFact(QUESTION_TO, 0);
  keepFact(QUESTION_LANGUAGE, 0);
  keepFact(ASKS, question >= 0 ? 1 : 0);
  keepFact(CALLS, 0);
  forgetWords(0);
  startHash();
  for (let i: u32 = 0; i <= last; i++) {
    const role = field(i, 0);
    const text = <usize>field(i, 1);
    const length = field(i, 2);
    if (i === last) {
      keepFact(QUESTION_HASH, hashHigh());
      keepFact(QUESTION_HASH + 1, hashLow());
    }
    mixNumber(rolePart(role));
    const from = words;
    keep(i, 8, from);
    keep(i, 9, from);
    if (role === SYSTEM || role === DEVELOPER) {
      keep(i, 3, takeText(text, length, out));
      readPrompt(i, text, length);
      forgetWords(from);
      continue;
    }
    keep(i, 3, passText(text, length, <i32>i >= question, out));
    keepSigns(i);
    keep(i, 9, words);
    if (<i32>i === question) {
      keepFact(QUESTION_FROM, from);
      keepFact(QUESTION_TO, words);
      keepFact(QUESTION_LANGUAGE, languageOf(LETTERS));
    } else if (i === last) {
      keepFact(ANSWER_FROM, from);
      keepFact(LAST_BITS, words > from ? load<u32>(ROW_BITS + ((<usize>(words - 1)) << 2)) : 0);
      keepFact(ANSWER_LANGUAGE, languageOf(LETTERS));
      readAnswer(text, length);
    }
  }
  keepFact(HASH, hashHigh());
  keepFact(HASH + 1, hashLow());
  keepFact(WORDS, words);
  keepFact(ANSWER_TO, words);
}

function keepSigns(message: u32): void {
  keep(message, 4, seen);
  keep(message, 5, digits);
  keep(message, 6, mixed);
  keep(message, 7, said);
}

/** System prompts come back in every row: the last one in which nothing was found is not read again. */
function readPrompt(message: u32, text: usize, length: u32): void {
  if (isKnownPrompt(text, length)) {
    for (let index: usize = 4; index < 8; index++) keep(message, index, 0);
    return;
  }
  readWords(text, length, false);
  keepSigns(message);
}

export function isKnownPrompt(text: usize, length: u32): bool {
  return load<u32>(PROMPT) === length && memory.compare(PROMPT + 16, text, length) === 0;
}

/** Remembers the prompt of a message as one in which nothing was found. */
export function keepPrompt(message: u32): void {
  const length = field(message, 2);
  if (length > PROMPT_ROOM) return;
  notePrompt();
  store<u32>(PROMPT, length);
  memory.copy(PROMPT + 16, <usize>field(message, 1), length);
}
