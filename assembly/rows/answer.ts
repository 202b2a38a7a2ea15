import { CODE, END, FIRST, FORM, keepFact, LAST, LENGTH } from './facts';
import { keepAnswer } from './labels';
import { CASELESS, CLASSES, FORMS_ROOM, LOWER, MARK, UPPER } from './layout';
import { BACKTICK, LOOKED_AT, OUTSIDE_ASCII, seen, unitAt, width } from './text-words';

// What the checks ask of an answer: how long it is, how it begins and ends, how it is built.

/** Of longer answers nobody asks how they are built. */
const SHORT: u32 = 80;
/** What an answer ends with: usual-signals.ts names them. */
const LETTER: u32 = 0;
const DIGIT: u32 = 1;
const STOP: u32 = 2;
const CLOSE: u32 = 3;
const SIGN: u32 = 4;
/** A character that UTF-16 needs two units for. */
const SURROGATE: u32 = 0xdc00;
const PRIME: u32 = 0x01000193;
const START: u32 = 0x811c9dc5;

/** Keeps the facts of an answer, whose words were read last. */
export function readAnswer(text: usize, length: u32): void {
  const isWide = length > LOOKED_AT || (seen & OUTSIDE_ASCII) !== 0;
  const units = isWide ? unitsOf(text, length) : length;
  const last = length === 0 ? 0 : lastUnit(text, length);
  keepFact(LENGTH, units);
  keepFact(FIRST, length === 0 ? 0 : unitOf(text));
  keepFact(LAST, last);
  keepFact(END, endOf(last));
  keepFact(FORM, units - 1 < SHORT ? formOf(text, text + length) : <u32>-1);
  keepFact(CODE, <u32>(length > LOOKED_AT || (seen & BACKTICK) !== 0));
  keepAnswer(text, length, units);
}

/** UTF-16 code units of a text. */
function unitsOf(text: usize, length: u32): u32 {
  let units: u32 = 0;
  const end = text + length;
  for (let at = text; at < end; at += 16) {
    const bytes = v128.load(at);
    const inside: u32 = end - at < 16 ? ((<u32>1) << (<u32>(end - at))) - 1 : 0xffff;
    // All bytes that begin a character, and those that begin one of two units once more.
    units += popcnt<u32>(<u32>i8x16.bitmask(i8x16.gt_s(bytes, i8x16.splat(-65))) & inside);
    units += popcnt<u32>(<u32>i8x16.bitmask(i8x16.ge_u(bytes, i8x16.splat(<i8>0xf0))) & inside);
  }
  return units;
}

/** The last one that is no white space of ASCII. */
function lastUnit(text: usize, length: u32): u32 {
  let at = text + length - 1;
  while (at > text && load<u8>(at) <= 32) at--;
  while (at > text && (load<u8>(at) & 0xc0) === 0x80) at--;
  return unitOf(at);
}

/** The character that begins here. */
function unitOf(at: usize): u32 {
  const byte = <u32>load<u8>(at);
  if (byte < 0x80) return byte;
  const unit = unitAt(at, byte);
  return unit === 0 ? SURROGATE : unit;
}

function endOf(unit: u32): u32 {
  if (isStop(unit)) return STOP;
  if (isCloser(unit)) return CLOSE;
  if (unit < 0x80) {
    if (unit - 0x30 < 10) return DIGIT;
    return (unit | 0x20) - 0x61 < 26 ? LETTER : SIGN;
  }
  const kind = <u32>load<u8>(CLASSES + <usize>unit);
  return kind === UPPER || kind === LOWER || kind === CASELESS || kind === MARK ? LETTER : CLOSE;
}

/** Full stops and their like in all scripts: . ! ? | and the ellipsis, then Chinese, Arabic and Indic ones. */
function isStop(unit: u32): bool {
  if (unit < 0x80) return unit === 0x2e || unit === 0x21 || unit === 0x3f || unit === 0x7c;
  if (unit === 0x2026 || unit === 0x3002 || unit === 0xff01 || unit === 0xff1f) return true;
  return unit === 0x061f || unit === 0x0964;
}

/** Brackets and quotes that close something. */
function isCloser(unit: u32): bool {
  if (unit < 0x80)
    return (
      unit === 0x29 ||
      unit === 0x5d ||
      unit === 0x7d ||
      unit === 0x3e ||
      unit === 0x22 ||
      unit === 0x27 ||
      unit === 0x60
    );
  if (unit === 0x201d || unit === 0x2019 || unit === 0xbb) return true;
  return unit === 0xff09 || unit === 0x300d || unit === 0x300f;
}

/** A number for how a short answer is built: runs of letters and of digits count as one sign, others as they are. */
function formOf(text: usize, end: usize): u32 {
  let hash = START;
  let before: u32 = 0;
  for (let at = text; at < end; ) {
    const byte = <u32>load<u8>(at);
    const unit = byte < 0x80 ? byte : unitAt(at, byte);
    at += byte < 0x80 ? 1 : width;
    // What takes two units is none of its own, and counts as a letter.
    const isLetter = (unit | 0x20) - 0x61 < 26 || unit > 0xbf || (unit === 0 && byte !== 0);
    const sign: u32 = isLetter ? 0x61 : unit - 0x30 < 10 ? 0x30 : unit;
    if ((sign !== 0x61 && sign !== 0x30) || sign !== before) hash = (hash ^ sign) * PRIME;
    before = sign;
  }
  return (hash ^ (hash >> 15)) & (FORMS_ROOM - 1);
}
