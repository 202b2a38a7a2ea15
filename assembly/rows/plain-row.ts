import { hashHigh, hashLow, mixNumber, startHash } from './content-hash';
import { notePrompt } from './index-words';
import { ASSISTANT, DEVELOPER, field, keep, messages, out, readJson, SYSTEM, USER } from './json-row';
import { ANSWERED, ASKED, HITS_BYTES, LETTERS, LETTERS_BYTES, PROMPT, PROMPT_ROOM, ROW, ROW_BITS } from './layout';
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
  if (length > LONGEST || !readJson(length) || field(messages - 1, 0) !== ASSISTANT) return 0;
  measure();
  return messages;
}

function keepRow(index: usize, value: u32): void {
  store<u32>(ROW + (index << 2), value);
}

/** Numbers of the parts in the hash: see measure-example.ts, whose hash this must equal. */
function rolePart(role: u32): u32 {
  return 100 + 2 * role + (role === ASSISTANT ? 2 : 1);
}

function measure(): void {
  const last = messages - 1;
  let question = <i32>last - 1;
  while (question >= 0 && field(question, 0) !== USER) question--;
  keepRow(5, 0);
  keepRow(6, 0);
  keepRow(10, question >= 0 ? 1 : 0);
  forgetWords(0);
  startHash();
  for (let i: u32 = 0; i <= last; i++) {
    const role = field(i, 0);
    const text = <usize>field(i, 1);
    const length = field(i, 2);
    if (i === last) {
      keepRow(2, hashHigh());
      keepRow(3, hashLow());
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
      keepRow(5, from);
      keepRow(6, words);
      memory.copy(ASKED, LETTERS, LETTERS_BYTES + HITS_BYTES);
    } else if (i === last) {
      keepRow(7, from);
      keepRow(9, words > from ? load<u32>(ROW_BITS + ((<usize>(words - 1)) << 2)) : 0);
      memory.copy(ANSWERED, LETTERS, LETTERS_BYTES + HITS_BYTES);
    }
  }
  keepRow(0, hashHigh());
  keepRow(1, hashLow());
  keepRow(4, words);
  keepRow(8, words);
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
