import { digits, isPlain, letters, look, plainHash, wide } from './ascii';
import { mixWord, P2, P4 } from './bits';
import {
  CASELESS,
  CLASSES,
  FOLD,
  FOLDED,
  LIST,
  LOWER,
  MANY,
  MARK,
  MASKS,
  NUMBER,
  POSTINGS,
  POSTINGS_ROOM,
  PROMPT,
  SCRATCH,
  SCRATCH_ROOM,
  TEXT,
  UPPER,
  WORDS,
  WORDS_ROOM,
} from './layout';

// Which words stand in which rows, sixteen of which are a block. A word is a 20-bit hash of its small letters; a posting is
// hash << 32 | block << 16 | a bit for each row of the block that has the word.
export const HASH_BITS: u32 = 20;
export const BLOCKS: u32 = 1024;
/** Words of a block that are kept in the small table: each as hash + 1, above it its number in the list. */
const FEW_WORDS: u32 = WORDS_ROOM / 2 + WORDS_ROOM / 4;
const NUMBER_SHIFT: u32 = HASH_BITS + 1;
const KEY: u32 = (1 << NUMBER_SHIFT) - 1;
const LAST_ROW: u32 = 1 << 15;
const BACKSLASH: u32 = 0x5c;
export let postings: u32 = 0;
/** Rows of all postings. */
export let places: u32 = 0;
export let blocks: u32 = 0;
let listed: u32 = 0;
/** The row of the block whose words are taken in. */
let row: u32 = 1;
/** Rows of the block that have the prompt which plain-row.ts remembers: it comes back in every row, and is noted once. */
let promptRows: u32 = 0;

/** The row has the prompt that is remembered. */
export function addPrompt(): void {
  promptRows |= row;
}

/** Takes in the words of that prompt. To be called before another one is remembered. */
export function notePrompt(): void {
  if (promptRows === 0) return;
  const current = row;
  row = promptRows;
  promptRows = 0;
  noteText(PROMPT + 16, load<u32>(PROMPT));
  row = current;
}

/** Also forgets a block that was never closed: of a file whose import was given up. */
export function startSegment(): void {
  forgetWords();
  postings = 0;
  places = 0;
  blocks = 0;
}

/**
 * A word that is a number: what is known of a row besides its text. Below 2^20 it is its own hash, so that numbers of one
 * kind stand on one page.
 */
export function addMark(mark: u32): void {
  if (mark >> HASH_BITS === 0) noteWord(mark);
  else note(mixWord(<u64>mark ^ P4));
}

/** Ends a row with what else is known of it: four marks, and one for each bit that is set, counted from `flagMark` on. */
export function addMarks(first: u32, second: u32, third: u32, fourth: u32, flagMark: u32, flags: u32): void {
  addMark(first);
  addMark(second);
  addMark(third);
  addMark(fourth);
  for (let rest = flags; rest !== 0; rest &= rest - 1) addMark(flagMark + ctz<u32>(rest));
  if (row < LAST_ROW) row <<= 1;
}

function note(hash: u64): void {
  noteWord(<u32>(hash >> <u64>(64 - HASH_BITS)));
}

function noteWord(word: u32): void {
  if (listed >= FEW_WORDS) {
    noteOfMany(word);
    return;
  }
  let place = WORDS + <usize>((word & (WORDS_ROOM - 1)) << 2);
  for (let seen = load<u32>(place); seen !== 0; seen = load<u32>(place)) {
    if ((seen & KEY) === word + 1) {
      addRows(MASKS + ((<usize>(seen >> NUMBER_SHIFT)) << 1), row);
      return;
    }
    place = place + 4 === WORDS + (WORDS_ROOM << 2) ? WORDS : place + 4;
  }
  store<u32>(place, (listed << NUMBER_SHIFT) | (word + 1));
  store<u16>(MASKS + ((<usize>listed) << 1), row);
  list(word);
}

function list(word: u32): void {
  store<u32>(LIST + ((<usize>listed) << 2), word);
  listed++;
}

function listedWord(index: u32): u32 {
  return load<u32>(LIST + ((<usize>index) << 2));
}

/** @returns the rows that were noted there before */
function addRows(mask: usize, rows: u32): u32 {
  const seen = <u32>load<u16>(mask);
  store<u16>(mask, seen | rows);
  return seen;
}

function ofMany(word: u32): usize {
  return MANY + ((<usize>word) << 1);
}

/** The table of words is small enough for the processor's nearest cache; a block with more of them has a place for each hash. */
function noteOfMany(word: u32): void {
  if (listed === FEW_WORDS)
    for (let i: u32 = 0; i < listed; i++) addRows(ofMany(listedWord(i)), load<u16>(MASKS + ((<usize>i) << 1)));
  if (addRows(ofMany(word), row) === 0) list(word);
}

function forgetWords(): void {
  memory.fill(WORDS, 0, WORDS_ROOM << 2);
  if (listed > FEW_WORDS) for (let i: u32 = 0; i < listed; i++) store<u16>(ofMany(listedWord(i)), 0);
  listed = 0;
  row = 1;
  promptRows = 0;
}

/** Whether a backslash begins an escape: in JSON, and not in the text of a message. */
let escaped = true;

/** Takes in the words of the JSON text at TEXT. Escapes are read as what they stand for. */
export function addText(length: u32): void {
  escaped = true;
  noteWords(TEXT, length);
}

/** Takes in the words of a text as it is. Sixteen bytes behind it are overwritten. */
export function noteText(text: usize, length: u32): void {
  escaped = false;
  noteWords(text, length);
}

/** Takes in a word by the hash that text-words.ts has of it. */
export function notePlain(word: u32): void {
  noteWord(word >> (32 - HASH_BITS));
}

function noteWords(text: usize, length: u32): void {
  const end = text + length;
  v128.store(end, i8x16.splat(0));
  let at = text;
  while (at < end) {
    look(at);
    const plain = letters | digits;
    let special = wide;
    if (escaped) special |= i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(<i8>BACKSLASH)));
    const skipped = ctz<u32>(plain | special | 0x10000);
    at += skipped;
    if (skipped === 16) continue;
    if (((special >> skipped) & 1) !== 0) {
      at = load<u8>(at) === BACKSLASH ? afterEscape(at, end) : anyWord(at, end);
      continue;
    }
    const from = at;
    at += ctz<u32>(~(plain >> skipped));
    // Zeros were shifted in from above: a word that goes on behind the sixteen bytes seems to end there.
    while (isPlain(at)) at++;
    if (load<u8>(at) >= 0x80 || isUnicodeEscape(at)) at = anyWord(from, end);
    else note(plainHash(from, <u32>(at - from)));
  }
}

function isUnicodeEscape(at: usize): bool {
  return escaped && load<u8>(at) === BACKSLASH && load<u8>(at + 1) === 0x75;
}

/** An escape that is not part of a word; a \u that is one goes with it. */
function afterEscape(at: usize, end: usize): usize {
  return isUnicodeEscape(at) ? anyWord(at, end) : at + 2;
}

let width: u32 = 0;

/** The character here, escaped or not; its length in bytes goes into `width`. */
function characterAt(at: usize): u32 {
  const byte = <u32>load<u8>(at);
  width = 1;
  if (isUnicodeEscape(at)) {
    width = 6;
    return (hex(at + 2) << 12) | (hex(at + 3) << 8) | (hex(at + 4) << 4) | hex(at + 5);
  }
  if (byte < 0xc0) return byte;
  const second = <u32>load<u8>(at + 1) & 63;
  width = 2;
  if (byte < 0xe0) return ((byte & 31) << 6) | second;
  const third = <u32>load<u8>(at + 2) & 63;
  width = 3;
  if (byte < 0xf0) return ((byte & 15) << 12) | (second << 6) | third;
  width = 4;
  return ((byte & 7) << 18) | (second << 12) | (third << 6) | (<u32>load<u8>(at + 3) & 63);
}

function hex(at: usize): u32 {
  const digit = <u32>load<u8>(at);
  return (digit & 15) + (digit > 0x39 ? 9 : 0);
}

/** A word with characters of any kind; those without case, such as Han, are words of their own. @returns where it ends */
function anyWord(from: usize, end: usize): usize {
  let at = from;
  let hash = P2;
  let length: u32 = 0;
  let isPlainWord = true;
  let hasEscape = false;
  while (at < end) {
    const character = characterAt(at);
    const kind = <u32>load<u8>(CLASSES + <usize>character);
    const belongs = kind === LOWER || kind === UPPER || kind === NUMBER || kind === MARK;
    if (!belongs && length > 0) break;
    if (!belongs) {
      if (kind === CASELESS) note(mixWord(<u64>character ^ P4 ^ P2));
      return min(at + width, end);
    }
    if (character >= 0x80) isPlainWord = false;
    else if (width > 1) hasEscape = true;
    store<u8>(SCRATCH + min<usize>(length, SCRATCH_ROOM - 8), <u8>character);
    at += width;
    hash = mixWord(hash ^ folded(character));
    length++;
  }
  // Only what follows it was not plain: a quote, a dash, a sign without case.
  if (!isPlainWord) note(hash);
  else note(hasEscape ? plainHash(SCRATCH, min<u32>(length, SCRATCH_ROOM - 8)) : plainHash(from, length));
  return min(at, end);
}

function folded(character: u32): u64 {
  return character < FOLDED ? load<u16>(FOLD + ((<usize>character) << 1)) : character;
}

/** Closes a block of rows. @returns whether the segment is full and has to be written before the next block */
export function endBlock(): bool {
  notePrompt();
  for (let i: u32 = 0; i < listed; i++) {
    const word = listedWord(i);
    const rows = <u32>load<u16>(listed > FEW_WORDS ? ofMany(word) : MASKS + ((<usize>i) << 1));
    store<u64>(POSTINGS + ((<usize>postings) << 3), ((<u64>word) << 32) | ((blocks << 16) | rows));
    postings++;
    places += popcnt<u32>(rows);
  }
  forgetWords();
  blocks++;
  return blocks === BLOCKS || postings > POSTINGS_ROOM / 2;
}

/** Hashes of the words that were taken in since the block began; the block is forgotten. @returns their address */
export function takeWords(): usize {
  forgetWords();
  return LIST;
}

/** How many words have how many rows, summed up over the segment so far. */
export function placeCount(): u32 {
  return places;
}

/** How many of them there are. */
export function wordCount(): u32 {
  notePrompt();
  return listed;
}
