import { afterSpace, readString, written } from './json-text';
import { END_BYTE, MESSAGE_BYTES, MESSAGES, MESSAGES_ROOM, reserve } from './layout';

// Parses a row of the usual shape: the role of each message, and its text in UTF-8 without escapes.

export const SYSTEM: u32 = 0;
export const DEVELOPER: u32 = 1;
export const USER: u32 = 2;
export const ASSISTANT: u32 = 3;
const NO_ROLE: u32 = 4;
const OPEN: u32 = 0x7b;
const CLOSE: u32 = 0x7d;
const LIST: u32 = 0x5b;
const LIST_END: u32 = 0x5d;
const COMMA: u32 = 0x2c;
const COLON: u32 = 0x3a;
const QUOTE: u32 = 0x22;
/** Behind each text, for loads that reach beyond its end. */
const GAP: usize = 32;

/** Messages of the last row, and where the memory behind their texts begins. */
export let messages: u32 = 0;
export let out: usize = 0;

/** Reads a row, and writes its texts to `room`. @returns whether it is one of the usual shape */
export function readJson(from: usize, length: u32, room: usize): bool {
  // Texts never get longer, but each has a gap behind it, and merging needs some room.
  reserve(<usize>length * 4 + 4096);
  const end = from + length;
  store<u8>(end, <u8>END_BYTE);
  out = (room + GAP) & ~7;
  messages = 0;
  const at = readMessages(afterSpace(from));
  return at !== 0 && afterSpace(at) === end;
}

/** One of the numbers of a message: role 0, address 1 and bytes 2 of its text; plain-row.ts adds more. */
export function field(message: u32, index: usize): u32 {
  return load<u32>(MESSAGES + <usize>message * MESSAGE_BYTES + (index << 2));
}

export function keep(message: u32, index: usize, value: u32): void {
  store<u32>(MESSAGES + <usize>message * MESSAGE_BYTES + (index << 2), value);
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
