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
  SIGNS,
} from './layout';

// The words of the texts of a row as 32-bit hashes: without case and punctuation, a Han sign is a word of its own, and words
// with a digit are the odd ones.

const LETTER: u32 = 0x40;
const DIGIT: u32 = 0x80;
const DAMAGE: u32 = 4;
const OUTSIDE_ASCII: u32 = 128;
const LATIN: u32 = 0;
const HAN: u32 = 9;
/** Of a longer text only so much is looked at. */
const MAX_BYTES: u32 = 1 << 19;
const PRIME: u32 = 0x01000193;
const START: u32 = 0x811c9dc5;

/** Words so far, of all texts of the row. */
export let words: u32 = 0;
/** Of the last text: bits of what it has, most digits that no letter interrupts, longest word of letters and digits, and all that the lexicon says of its words in one. */
export let seen: u32 = 0;
export let digits: u32 = 0;
export let mixed: u32 = 0;
export let said: u32 = 0;

export function forgetWords(count: u32): void {
  words = count;
}

/** Digits since the last letter. */
let run: u32 = 0;
/** Bytes of the word at hand beyond one for each of its letters, once these are counted by their script. */
let wide: u32 = 0;
/** Length in bytes of the last character that was looked at. */
let width: usize = 1;

/** Reads a text. The byte behind it is overwritten. @param known  whether the lexicon is asked about its words */
export function readWords(text: usize, length: u32, known: bool): void {
  const end = text + cut(text, length);
  // The last word ends as all others do.
  store<u8>(end, 32);
  memory.fill(LETTERS, 0, LETTERS_BYTES + HITS_BYTES);
  seen = 0;
  digits = 0;
  mixed = 0;
  said = 0;
  run = 0;
  wide = 0;
  let hash = START;
  let kinds: u32 = 0;
  let start = text;
  for (let at = text; at <= end; at++) {
    const byte = <u32>load<u8>(at);
    const code = <u32>load<u8>(PLAIN + byte);
    if (code !== 0) {
      hash = (hash ^ code) * PRIME;
      kinds |= code;
      continue;
    }
    let next: u32 = 0;
    if (byte < 128) seen |= <u32>load<u8>(SIGNS + byte);
    else {
      const unit = unitAt(at, byte);
      at += width - 1;
      const script = scriptOf(unit);
      if (script < HAN) {
        hash = (hash ^ folded(unit)) * PRIME;
        kinds |= LETTER;
        continue;
      }
      if (script === HAN) next = unit;
    }
    if (kinds !== 0) {
      endWord(<u32>(at - start), kinds);
      // The hash mixes its last signs badly into the high bits, and tables are entered by these.
      const mix = (hash ^ (hash >> 15)) * 0x2c1b3c6d;
      note(kinds & DIGIT ? mix | 1 : mix & ~1, known);
      hash = START;
      kinds = 0;
    }
    start = at + 1;
    if (next !== 0) {
      run = 0;
      hash = (START ^ next) * PRIME;
      kinds = LETTER;
      start = at;
      wide = 1;
    }
  }
}

/** UTF-16 code unit of the character beyond ASCII that starts here; 0 for one that needs two. */
function unitAt(at: usize, byte: u32): u32 {
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

/** The script whose letter it is, which is counted; NO_SCRIPT for other characters. */
function scriptOf(unit: u32): u32 {
  seen |= OUTSIDE_ASCII;
  if (unit - 0xc2 <= 0xf0 - 0xc2) seen |= DAMAGE;
  const script = unit === 0 ? NO_SCRIPT : <u32>load<u8>(SCRIPTS + unit);
  if (script === NO_SCRIPT) return script;
  bump(LETTERS, script, 1);
  if (script !== HAN) wide += unit < 0x800 ? 2 : 3;
  return script;
}

function folded(unit: u32): u32 {
  return unit < FOLDED ? <u32>load<u16>(FOLD + ((<usize>unit) << 1)) : unit;
}

function endWord(size: u32, kinds: u32): void {
  if (kinds & LETTER) {
    run = 0;
    if (kinds & DIGIT && size > mixed) mixed = size;
    bump(LETTERS, LATIN, size - wide);
    seen |= LETTER;
    wide = 0;
  } else {
    run += size;
    if (run > digits) digits = run;
  }
}

function note(word: u32, known: bool): void {
  if (words >= ROW_WORDS_ROOM) return;
  store<u32>(ROW_WORDS + ((<usize>words) << 2), word);
  if (known) {
    const what = lookUp(word);
    store<u32>(ROW_BITS + ((<usize>words) << 2), what);
    said |= what;
    for (let rest = what & 0xffff; rest !== 0; rest &= rest - 1) bump(LETTERS + LETTERS_BYTES, ctz<u32>(rest), 1);
  }
  words++;
}

function bump(table: usize, index: u32, by: u32): void {
  const place = table + ((<usize>index) << 2);
  store<u32>(place, load<u32>(place) + by);
}

/** How much of the text is looked at; never a part of a character. */
function cut(text: usize, length: u32): u32 {
  if (length <= MAX_BYTES) return length;
  let size = MAX_BYTES;
  while ((load<u8>(text + size) & 0xc0) === 0x80) size--;
  return size;
}

/** What the lexicon says of a word; 0 for one that is not in it. */
function lookUp(word: u32): u32 {
  let place = word & (LEXICON_ROOM - 1);
  if (load<u8>(LEXICON + place) === 0) return 0;
  while (true) {
    const entry = LEXICON + LEXICON_ROOM + ((<usize>place) << 3);
    const key = load<u32>(entry);
    if (key === word) return load<u32>(entry + 4);
    if (key === 0) return 0;
    place = (place + 1) & (LEXICON_ROOM - 1);
  }
}

/** Adds bits to what the lexicon says of a word. */
export function learn(word: u32, bits: u32): void {
  let place = word & (LEXICON_ROOM - 1);
  while (true) {
    const entry = LEXICON + LEXICON_ROOM + ((<usize>place) << 3);
    const key = load<u32>(entry);
    if (key === 0 || key === word) {
      store<u8>(LEXICON + place, 1);
      store<u32>(entry, word);
      store<u32>(entry + 4, load<u32>(entry + 4) | bits);
      return;
    }
    place = (place + 1) & (LEXICON_ROOM - 1);
  }
}
