// Exact o200k_base token counts over UTF-8, and the hash that names an example. How to build: README.md.

import { mixText } from './content-hash';
import { CLASSES, END, END_BYTE, FOLD, KINDS, reserve, TEXT, WIDE } from './layout';
import { countMerged, nextPart } from './merge';
import { countPiece } from './piece-counts';
import { pieceEnd } from './scanner';
import { keepCount, knownCount } from './text-counts';

export { hashHigh, hashLow, mixNumber, startHash } from './content-hash';
export { writePages } from './row-pages';
export { addMark, addText, endBlock, postingCount, startSegment, takeWords, wordCount } from './row-words';
export { loadRanks } from './vocabulary';

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
}

/** Address at which a text of up to so many bytes may be put. */
export function text(bytes: u32): usize {
  reserve(bytes);
  return TEXT;
}

/** Tokens of the text. */
export function count(length: u32): u32 {
  const end = TEXT + length;
  store<u8>(end, <u8>END_BYTE);
  let total: u32 = 0;
  for (let at = TEXT; at < end; ) {
    const to = pieceEnd(at);
    total += to - at === 1 ? 1 : countPiece(at, <u32>(to - at), end + 1);
    at = to;
  }
  return total;
}

/** Takes the text into the hash. */
export function mix(length: u32): void {
  mixText(length);
}

/** Takes the text into the hash and counts its tokens. */
export function take(length: u32): u32 {
  const hash = mixText(length);
  const known = knownCount(hash, length);
  if (known >= 0) return known;
  const counted = count(length);
  keepCount(hash, length, counted);
  return counted;
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
