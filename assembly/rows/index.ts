// What an import needs of each row, over UTF-8: o200k_base token counts, content hashes, words. How to build: README.md.

import { readAnswer } from './answer';
import { mixText } from './content-hash';
import { languageOf } from './language';
import {
  BLOCK_PLACES,
  CLASSES,
  CONTENT_LOWS,
  COUNTS,
  END,
  END_BYTE,
  FIGURES,
  FOLD,
  KIN,
  KINDS,
  LETTERS,
  MESSAGES,
  PIECE,
  PLAIN,
  ROW,
  ROW_HEAD,
  ROW_WORDS,
  ROWS,
  RULES,
  reserve,
  SCRIPTS,
  TEXT,
  TOKEN_MARKS,
  WIDE,
} from './layout';
import { countMerged, nextPart } from './merge';
import { fillKept } from './piece-counts';
import { pieceEnd } from './scanner';
import { countText, takeText } from './text-tokens';
import { digits, mixed, readWords, said, seen, words } from './text-words';

export { hashHigh, hashLow, mixNumber, startHash } from './content-hash';
export { usualFit } from './fit';
export { writePages } from './index-pages';
export { noteRow } from './index-row';
export { addMark, addMarks, addText, endBlock, placeCount, startSegment, takeWords, wordCount } from './index-words';
export { messages } from './json-row';
export { findKin, groupHigh, groupLow, keepGroups, lineOfRow, startKin } from './kin';
export { labelText, likelyLabel, wholeLabel } from './labels';
export { keepPrompt, readRow } from './plain-row';
export { startCounts } from './row-counts';
export { clearRows, lastLine, lastPlace, segmentRows, startContents, startRows, stored, storeRow } from './store-row';
export { hasKin, next, taken, takeRows, told } from './take-rows';
export { forgetWords, learn } from './text-words';
export {
  commonEnd,
  commonLanguage,
  judgeRow,
  learnRow,
  measureRow,
  startUsual,
  usualLength,
  usualTokens,
} from './usual';
export { loadRanks } from './vocabulary';
export { usualShare } from './word-shares';

/** Address of the classes table, which the caller fills before anything else. */
export function classes(): usize {
  reserve(0);
  return CLASSES;
}

/** Address of the table of small letters, two bytes each, which the caller fills too. */
export function smallLetters(): usize {
  return FOLD;
}

/** Derives the kinds of bytes from the classes. */
export function deriveKinds(): void {
  memory.copy(KINDS, CLASSES, 128);
  memory.fill(KINDS + 128, <u8>WIDE, 128);
  store<u8>(KINDS + END_BYTE, <u8>END);
  fillKept();
}

/** Address at which a text of up to so many bytes may be put. */
export function text(bytes: u32): usize {
  reserve(bytes);
  return TEXT;
}

/** Tokens of the text. */
export function count(length: u32): u32 {
  return countText(TEXT, length, TEXT + length + 1);
}

/** Takes the text into the hash. */
export function mix(length: u32): void {
  mixText(TEXT, length);
}

/** Takes the text into the hash and counts its tokens. */
export function take(length: u32): u32 {
  return takeText(TEXT, length, TEXT + length + 1);
}

/** Adds the words of the text to those of the row. */
export function readText(length: u32, known: bool): void {
  readWords(TEXT, length, known);
}

export function wordsOfRow(): u32 {
  return words;
}

/** What the last text has: see text-words.ts. */
export function seenSigns(): u32 {
  return seen;
}
export function mostDigits(): u32 {
  return digits;
}
export function longestMixed(): u32 {
  return mixed;
}
export function saidOfWords(): u32 {
  return said;
}

/** Addresses of the tables that the caller fills, and of those that it reads. */
export function scripts(): usize {
  return SCRIPTS;
}
export function plainSigns(): usize {
  return PLAIN;
}
/** Language of the last text. */
export function language(): u32 {
  return languageOf(LETTERS);
}
/** Keeps the facts of the last text as those of the answer. */
export function takeAnswer(length: u32): void {
  readAnswer(TEXT, length);
}
export function figures(): usize {
  return FIGURES;
}
export function rowWords(): usize {
  return ROW_WORDS;
}
export function rowFacts(): usize {
  return ROW;
}
export function rowMessages(): usize {
  return MESSAGES;
}
export function rowHead(): usize {
  return ROW_HEAD;
}
export function rows(): usize {
  return ROWS;
}
export function blockPlaces(): usize {
  return BLOCK_PLACES;
}
export function contents(): usize {
  return CONTENT_LOWS;
}
export function tokenMarks(): usize {
  return TOKEN_MARKS;
}
export function rules(): usize {
  return RULES;
}
export function counts(): usize {
  return COUNTS;
}
export function piece(): usize {
  return PIECE;
}
export function rowKin(): usize {
  return KIN;
}

/** Writes where each token of the text ends (4 bytes each, from the text's start) behind the text. @returns their address */
export function tokenEnds(length: u32): usize {
  const end = TEXT + length;
  const ends = (end + 4) & ~3;
  reserve(ends - TEXT + ((<usize>length) << 2));
  store<u8>(end, <u8>END_BYTE);
  let write = ends;
  for (let at = TEXT; at < end; ) {
    const to = pieceEnd(at);
    const parts = countMerged(at, <u32>(to - at), ends + ((<usize>length) << 2));
    for (let i: u32 = 0, from: u32 = 0; i < parts; i++) {
      from = nextPart(i, from);
      store<u32>(write, <u32>(at - TEXT) + from);
      write += 4;
    }
    at = to;
  }
  return ends;
}
