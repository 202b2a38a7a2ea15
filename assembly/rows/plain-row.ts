import { plainHash } from './ascii';
import { hashHigh, hashLow, mixNumber, startHash } from './content-hash';
import { notePlain, noteText, promptNoted, setPromptNoted } from './index-words';
import { afterSpace, readString, written } from './json-text';
import {
  ANSWERED,
  ASKED,
  END_BYTE,
  HITS_BYTES,
  LETTERS,
  LETTERS_BYTES,
  MESSAGE_BYTES,
  MESSAGES,
  MESSAGES_ROOM,
  PROMPT,
  PROMPT_ROOM,
  ROW,
  ROW_BITS,
  ROW_WORDS,
  ROW_WORDS_ROOM,
  reserve,
  TEXT,
} from './layout';
import { takeText } from './text-tokens';
import { digits, forgetWords, LOOKED_AT, mixed, OUTSIDE_ASCII, readWords, said, seen, words } from './text-words';

/*
 * One pass over rows of the shape that nearly all have: {"messages": [{"role": …, "content": "…"}, …]} with the four roles
 * below, an answer last, and a text in each that has something to see. Anything else is left to the checks, which say what
 * it is: nothing here rejects a row.
 */
const SYSTEM: u32 = 0;
const DEVELOPER: u32 = 1;
const USER: u32 = 2;
const ASSISTANT: u32 = 3;
const NO_ROLE: u32 = 4;
/** Longer rows are rare enough for the slow way, and their memory would be kept. */
const LONGEST: u32 = 1 << 20;
const OPEN: u32 = 0x7b;
const CLOSE: u32 = 0x7d;
const LIST: u32 = 0x5b;
const LIST_END: u32 = 0x5d;
const COMMA: u32 = 0x2c;
const COLON: u32 = 0x3a;
const QUOTE: u32 = 0x22;
/** Behind each text, for loads that reach beyond its end. */
const GAP: usize = 32;

let messages: u32 = 0;
let out: usize = 0;

/** Reads the row at TEXT: parts, tokens, hashes, words. @returns how many messages there are; 0 = not a plain row */
export function readRow(length: u32): u32 {
  if (length > LONGEST) return 0;
  // Texts never get longer, but each has a gap behind it, and merging needs some room.
  reserve(<usize>length * 4 + 4096);
  const end = TEXT + length;
  store<u8>(end, <u8>END_BYTE);
  out = (end + GAP) & ~7;
  messages = 0;
  const at = readMessages(afterSpace(TEXT));
  if (at === 0 || afterSpace(at) !== end) return 0;
  if (field(messages - 1, 0) !== ASSISTANT) return 0;
  measure();
  return messages;
}

function field(message: u32, index: usize): u32 {
  return load<u32>(MESSAGES + <usize>message * MESSAGE_BYTES + (index << 2));
}

function keep(message: u32, index: usize, value: u32): void {
  store<u32>(MESSAGES + <usize>message * MESSAGE_BYTES + (index << 2), value);
}

function keepRow(index: usize, value: u32): void {
  store<u32>(ROW + (index << 2), value);
}

function signAt(at: usize): u32 {
  return <u32>load<u8>(at);
}

// Addresses of what follows; 0 = something else stands there, and 0 goes in as 0 comes out.

/** Behind white space and one sign. */
function after(sign: u32, from: usize): usize {
  if (from === 0) return 0;
  const at = afterSpace(from);
  return signAt(at) === sign ? at + 1 : 0;
}

/** Behind the colon, and the sign with which the value of a member starts. */
function valueStart(member: usize, sign: u32): usize {
  return after(sign, after(COLON, member));
}

/** Eight signs, given as two numbers. */
function are(at: usize, first: u32, second: u32): bool {
  return load<u32>(at) === first && load<u32>(at + 4) === second;
}

function readMessages(from: usize): usize {
  const name = after(QUOTE, after(OPEN, from));
  if (name === 0 || !are(name, 0x7373656d, 0x73656761) || signAt(name + 8) !== QUOTE) return 0;
  let at = valueStart(name + 9, LIST);
  while (at !== 0) {
    if (messages === MESSAGES_ROOM) return 0;
    at = readMessage(at);
    if (at === 0) return 0;
    messages++;
    at = afterSpace(at);
    const sign = signAt(at++);
    if (sign === LIST_END) return after(CLOSE, at);
    if (sign !== COMMA) return 0;
  }
  return 0;
}

let role: u32 = NO_ROLE;
let hasText = false;

function readMessage(from: usize): usize {
  role = NO_ROLE;
  hasText = false;
  let at = after(OPEN, from);
  while (at !== 0) {
    at = readMember(after(QUOTE, at));
    if (at === 0) return 0;
    at = afterSpace(at);
    const sign = signAt(at++);
    if (sign === CLOSE) {
      keep(messages, 0, role);
      return hasText && role !== NO_ROLE ? at : 0;
    }
    if (sign !== COMMA) return 0;
  }
  return 0;
}

/** Each of the two once, in any order. */
function readMember(name: usize): usize {
  if (name === 0) return 0;
  if (role === NO_ROLE && load<u32>(name) === 0x656c6f72 && signAt(name + 4) === QUOTE) {
    const at = valueStart(name + 5, QUOTE);
    role = at === 0 ? NO_ROLE : roleAt(at);
    if (role === NO_ROLE) return 0;
    return at + (role === USER ? 5 : role === SYSTEM ? 7 : 10);
  }
  if (hasText || !are(name, 0x746e6f63, 0x22746e65)) return 0;
  hasText = true;
  return readContent(valueStart(name + 8, QUOTE));
}

function roleAt(at: usize): u32 {
  if (load<u32>(at) === 0x72657375 && signAt(at + 4) === QUOTE) return USER;
  if (load<u32>(at) === 0x74737973 && (load<u32>(at + 4) & 0xffffff) === 0x226d65) return SYSTEM;
  if (are(at, 0x69737361, 0x6e617473) && load<u16>(at + 8) === 0x2274) return ASSISTANT;
  if (are(at, 0x65766564, 0x65706f6c) && load<u16>(at + 8) === 0x2272) return DEVELOPER;
  return NO_ROLE;
}

function readContent(from: usize): usize {
  if (from === 0) return 0;
  const at = readString(from, out);
  if (at === 0) return 0;
  const length = <u32>(written - out);
  if (!isVisible(out, written)) return 0;
  keep(messages, 1, <u32>out);
  keep(messages, 2, length);
  out = written + GAP;
  return at;
}

/** Whether a text has a character that is surely no white space, as String.trim knows it. */
function isVisible(from: usize, end: usize): bool {
  for (let at = from; at < end; at++) {
    const byte = signAt(at);
    if (byte > 0x20 && byte < 0x7f) return true;
    if (byte < 0xc3) continue;
    const second = signAt(at + 1);
    // U+1680, U+2000 to U+205F, U+3000 and U+FEFF are white space.
    if (byte === 0xe1 || (byte === 0xe2 && second < 0x82) || (byte === 0xe3 && second === 0x80)) continue;
    if (byte === 0xef && second === 0xbb) continue;
    return true;
  }
  return false;
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
    keep(i, 3, takeText(text, length, out));
    const from = words;
    keep(i, 8, from);
    keep(i, 9, from);
    if (role === SYSTEM || role === DEVELOPER) {
      readPrompt(i, text, length);
      forgetWords(from);
      continue;
    }
    readWords(text, length, <i32>i >= question);
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

function isKnownPrompt(text: usize, length: u32): bool {
  return load<u32>(PROMPT) === length && memory.compare(PROMPT + 16, text, length) === 0;
}

/** Remembers the prompt of a message as one in which nothing was found. */
export function keepPrompt(message: u32): void {
  const length = field(message, 2);
  if (length > PROMPT_ROOM) return;
  store<u32>(PROMPT, length);
  memory.copy(PROMPT + 16, <usize>field(message, 1), length);
  setPromptNoted(false);
}

/** Takes the words of the row that was read last into the index. */
export function noteRow(): void {
  noteNames();
  for (let i: u32 = 0; i < messages; i++) {
    const role = field(i, 0);
    const text = <usize>field(i, 1);
    const length = field(i, 2);
    const isPrompt = role === SYSTEM || role === DEVELOPER;
    if (isPrompt && isKnownPrompt(text, length)) {
      if (!promptNoted()) noteText(text, length);
      setPromptNoted(true);
      continue;
    }
    // Words beyond ASCII are cut in another way there, and of long texts not all were read.
    if (isPrompt || field(i, 4) & OUTSIDE_ASCII || length > LOOKED_AT || words === ROW_WORDS_ROOM) {
      noteText(text, length);
      continue;
    }
    const to = field(i, 9);
    for (let word = field(i, 8); word < to; word++) notePlain(load<u32>(ROW_WORDS + ((<usize>word) << 2)));
  }
}

/** "messages", "role", "content", then the roles in the order of their numbers. */
const NAMES = memory.data<u8>([
  0x6d, 0x65, 0x73, 0x73, 0x61, 0x67, 0x65, 0x73, 0x72, 0x6f, 0x6c, 0x65, 0x63, 0x6f, 0x6e, 0x74, 0x65, 0x6e, 0x74,
  0x73, 0x79, 0x73, 0x74, 0x65, 0x6d, 0x64, 0x65, 0x76, 0x65, 0x6c, 0x6f, 0x70, 0x65, 0x72, 0x75, 0x73, 0x65, 0x72,
  0x61, 0x73, 0x73, 0x69, 0x73, 0x74, 0x61, 0x6e, 0x74,
]);

/** The words of the JSON around the texts: who looks for "user" finds the rows that have it as a role too. */
function noteNames(): void {
  noteName(0, 8);
  noteName(8, 4);
  noteName(12, 7);
  let roles: u32 = 0;
  for (let i: u32 = 0; i < messages; i++) roles |= (<u32>1) << field(i, 0);
  if (roles & (1 << SYSTEM)) noteName(19, 6);
  if (roles & (1 << DEVELOPER)) noteName(25, 9);
  if (roles & (1 << USER)) noteName(34, 4);
  noteName(38, 9);
}

function noteName(from: usize, length: u32): void {
  notePlain(<u32>(plainHash(NAMES + from, length) >> 32));
}
