import { digits as digitBits, letters as letterBits, look, plainHash, wide as wideBits } from './ascii';
import {
  FOLD,
  FOLDED,
  HITS_BYTES,
  LETTERS,
  LETTERS_BYTES,
  LEXICON,
  LEXICON_ROOM,
  NO_SCRIPT,
  PLAIN,
  ROW_BITS,
  ROW_WORDS,
  ROW_WORDS_ROOM,
  SCRIPTS,
} from './layout';

// The words of the texts of a row as 32-bit hashes: without case and punctuation, a Han sign begins a word of its own, and
// words with a digit are the odd ones. Of plain words the upper bits are those under which they are searched for.

const LETTER: u32 = 0x40;
const DIGIT: u32 = 0x80;
/** Bits of what a text has: text-signs.ts names them. */
export const AT: u32 = 1;
export const ANGLE: u32 = 2;
export const DAMAGE: u32 = 4;
export const BACKTICK: u32 = 8;
export const DASH: u32 = 16;
export const OUTSIDE_ASCII: u32 = 128;
/** What the lexicon says of a word about being a machine: see lexicon.ts. */
export const MACHINE: u32 = 1 << 19;
const LATIN: u32 = 0;
const HAN: u32 = 9;
/** Of a longer text only so much is looked at. */
export const LOOKED_AT: u32 = 1 << 19;
const PRIME: u32 = 0x01000193;
const START: u32 = 0x811c9dc5;

/** Words so far, of all texts of the row. */
export let words: u32 = 0;
/** Of the last text: bits of what it has, most digits that no letter interrupts, longest word of letters and digits, and all that the lexicon says of its words in one. */
export let seen: u32 = 0;
export let digits: u32 = 0;
export let mixed: u32 = 0;
export let said: u32 = 0;
/** Digits since the last letter. */
let run: u32 = 0;
/** Whether the lexicon is asked. */
let asked = false;

/** Words of the row are forgotten, down to so many. */
export function forgetWords(count: u32): void {
  words = count;
}

/** Reads a text. Sixteen bytes behind it are overwritten. @param known  whether the lexicon is asked about its words */
export function readWords(text: usize, length: u32, known: bool): void {
  const end = text + cut(text, length);
  beginText(text, end, known);
  readStretch(text, end);
  endText();
}

/** Starts with a text that is read stretch by stretch, or word by word. Sixteen bytes behind it are overwritten. */
export function beginText(text: usize, end: usize, known: bool): void {
  // The last word ends as all others do.
  v128.store(end, i8x16.splat(0x20));
  memory.fill(LETTERS, 0, LETTERS_BYTES + HITS_BYTES);
  digits = 0;
  mixed = 0;
  said = 0;
  run = 0;
  asked = known;
  latin = 0;
  seen = signsIn(text, end);
}

export function endText(): void {
  bump(LETTERS, LATIN, latin);
}

/** Bits of the signs that a text has. Space stands behind it. */
function signsIn(text: usize, end: usize): u32 {
  let at = i8x16.splat(0);
  let angle = i8x16.splat(0);
  let backtick = i8x16.splat(0);
  let dash = i8x16.splat(0);
  for (let place = text; place < end; place += 16) {
    const bytes = v128.load(place);
    at = v128.or(at, i8x16.eq(bytes, i8x16.splat(0x40)));
    angle = v128.or(angle, v128.or(i8x16.eq(bytes, i8x16.splat(0x3c)), i8x16.eq(bytes, i8x16.splat(0x26))));
    backtick = v128.or(backtick, i8x16.eq(bytes, i8x16.splat(0x60)));
    const after = v128.load(place + 1);
    dash = v128.or(dash, v128.and(i8x16.eq(bytes, i8x16.splat(0x2d)), i8x16.eq(after, i8x16.splat(0x2d))));
  }
  let found: u32 = 0;
  if (v128.any_true(at)) found |= AT;
  if (v128.any_true(angle)) found |= ANGLE;
  if (v128.any_true(backtick)) found |= BACKTICK;
  if (v128.any_true(dash)) found |= DASH;
  return found;
}

/** Takes the words of a part of the text; no word goes on beyond `end`. */
export function readStretch(from: usize, end: usize): void {
  for (let place = from; place < end; ) place = readWindow(place, end);
}

/** Takes a word of letters of ASCII by its hash. @param what  what the lexicon says of it */
export function takeWord(word: u32, what: u32, letters: u32): void {
  latin += letters;
  run = 0;
  seen |= LETTER;
  if (words >= ROW_WORDS_ROOM) return;
  store<u32>(ROW_WORDS + ((<usize>words) << 2), word);
  if (asked) noteBits(what);
  words++;
}

/** ASCII letters of the text so far, with the digits that stand among them. */
let latin: u32 = 0;

/** The words that end within the next sixteen bytes, and before `end`. @returns from where to go on */
function readWindow(from: usize, end: usize): usize {
  look(from);
  const inside: u32 = end - from < 16 ? ((<u32>1) << (<u32>(end - from))) - 1 : 0xffff;
  const plain = (letterBits | digitBits) & inside;
  const wide = wideBits & inside;
  let at: u32 = 0;
  while (true) {
    const rest = (plain | wide) >> at;
    if (rest === 0) return from + 16;
    at += ctz<u32>(rest);
    if (((wide >> at) & 1) !== 0) return readWide(from + at);
    const size = ctz<u32>(~(plain >> at));
    const stop = at + size;
    // It may go on behind the sixteen bytes: once more, from its start.
    if (stop >= 16) return at === 0 ? readLong(from) : from + at;
    if (((wide >> stop) & 1) !== 0) return readWide(from + at);
    const bits = (((<u32>1) << size) - 1) << at;
    const kinds = (letterBits & bits ? LETTER : 0) | (digitBits & bits ? DIGIT : 0);
    endPlainWord(from + at, size, kinds);
    at = stop;
  }
}

/** A word that may be longer than sixteen bytes, or go on with a character beyond ASCII. @returns where it ends */
function readLong(from: usize): usize {
  let at = from;
  let kinds: u32 = 0;
  for (let code = codeAt(at); code !== 0; code = codeAt(++at)) kinds |= code;
  if (load<u8>(at) >= 0x80) return readWide(from);
  endPlainWord(from, <u32>(at - from), kinds);
  return at;
}

function codeAt(at: usize): u32 {
  return <u32>load<u8>(PLAIN + <usize>load<u8>(at));
}

/** Length in bytes of the last character beyond ASCII that was looked at. */
export let width: usize = 1;

/** One word with such characters, or one of them that is no letter. @returns where it ends */
function readWide(from: usize): usize {
  let at = from;
  let hash = START;
  let kinds: u32 = 0;
  /** Bytes of characters that are no ASCII: they are counted by their script. */
  let wide: u32 = 0;
  let isLatin = true;
  while (true) {
    const code = codeAt(at);
    if (code !== 0) {
      hash = (hash ^ code) * PRIME;
      kinds |= code;
      at++;
      continue;
    }
    const byte = <u32>load<u8>(at);
    if (byte < 0x80) break;
    const unit = unitAt(at, byte);
    const script = scriptOf(unit, at + width);
    if (script === HAN ? kinds !== 0 : script === NO_SCRIPT) {
      if (kinds === 0) return at + width;
      break;
    }
    bump(LETTERS, script, 1);
    if (script !== LATIN) isLatin = false;
    hash = (hash ^ folded(unit)) * PRIME;
    kinds |= LETTER;
    wide += <u32>width;
    at += width;
  }
  const size = <u32>(at - from);
  // “私はAIとして” is one word here, which no lexicon can have.
  if (!isLatin && size > wide && asked) said |= MACHINE;
  if (wide === 0) endPlainWord(from, size, kinds);
  else {
    endWord(size, wide, kinds);
    // The hash mixes its last signs badly into the high bits, and tables are entered by these.
    note((hash ^ (hash >> 15)) * 0x2c1b3c6d, kinds);
  }
  return at;
}

/** UTF-16 code unit of the character beyond ASCII that starts here; 0 for one that needs two. */
export function unitAt(at: usize, byte: u32): u32 {
  if (byte >= 0xf0) {
    width = 4;
    return 0;
  }
  const second = <u32>load<u8>(at + 1) & 0x3f;
  width = 2;
  if (byte < 0xe0) return ((byte & 0x1f) << 6) | second;
  width = 3;
  return ((byte & 0x0f) << 12) | (second << 6) | (<u32>load<u8>(at + 2) & 0x3f);
}

/** The script whose letter it is; NO_SCRIPT for other characters. */
function scriptOf(unit: u32, next: usize): u32 {
  seen |= OUTSIDE_ASCII;
  // One sign of two or more that another encoding has made of one: all of them are beyond ASCII.
  if (unit - 0xc2 <= 0xf0 - 0xc2 && load<u8>(next) >= 0x80) seen |= DAMAGE;
  return unit === 0 ? NO_SCRIPT : <u32>load<u8>(SCRIPTS + unit);
}

function folded(unit: u32): u32 {
  return unit < FOLDED ? <u32>load<u16>(FOLD + ((<usize>unit) << 1)) : unit;
}

function endPlainWord(from: usize, size: u32, kinds: u32): void {
  endWord(size, 0, kinds);
  note(<u32>(plainHash(from, size) >> 32), kinds);
}

/** @param wide  bytes of the word that are no ASCII */
function endWord(size: u32, wide: u32, kinds: u32): void {
  if (kinds & LETTER) {
    latin += size - wide;
    run = 0;
    if (kinds & DIGIT && size > mixed) mixed = size;
    seen |= LETTER;
  } else {
    run += size;
    if (run > digits) digits = run;
  }
}

function note(hash: u32, kinds: u32): void {
  if (words >= ROW_WORDS_ROOM) return;
  const word = kinds & DIGIT ? hash | 1 : hash & ~1;
  store<u32>(ROW_WORDS + ((<usize>words) << 2), word);
  if (asked) noteBits(lookUp(word));
  words++;
}

function noteBits(what: u32): void {
  store<u32>(ROW_BITS + ((<usize>words) << 2), what);
  said |= what;
  for (let rest = what & 0xffff; rest !== 0; rest &= rest - 1) bump(LETTERS + LETTERS_BYTES, ctz<u32>(rest), 1);
}

function bump(table: usize, index: u32, by: u32): void {
  const place = table + ((<usize>index) << 2);
  store<u32>(place, load<u32>(place) + by);
}

/** How much of the text is looked at; never a part of a character. */
function cut(text: usize, length: u32): u32 {
  if (length <= LOOKED_AT) return length;
  let size = LOOKED_AT;
  while ((load<u8>(text + size) & 0xc0) === 0x80) size--;
  return size;
}

/** Where the lexicon has a word, or has room for it. */
function entryOf(word: u32): usize {
  let place = word & (LEXICON_ROOM - 1);
  while (true) {
    const entry = LEXICON + LEXICON_ROOM + ((<usize>place) << 3);
    const key = load<u32>(entry);
    if (key === word || key === 0) return entry;
    place = (place + 1) & (LEXICON_ROOM - 1);
  }
}

/** What the lexicon says of a word; 0 for one that is not in it. */
export function lookUp(word: u32): u32 {
  // Bits of free room are 0 too, so the word need not be compared again.
  return load<u8>(LEXICON + (word & (LEXICON_ROOM - 1))) === 0 ? 0 : load<u32>(entryOf(word) + 4);
}

/** Adds bits to what the lexicon says of a word. */
export function learn(word: u32, bits: u32): void {
  const entry = entryOf(word);
  store<u8>(LEXICON + ((entry - LEXICON - LEXICON_ROOM) >> 3), 1);
  store<u32>(entry, word);
  store<u32>(entry + 4, load<u32>(entry + 4) | bits);
}
