import { hashBytes, mixWord, P1, P2 } from './bits';
import { LONGEST_SEEN, SEEN, SEEN_BITS, SEEN_LONG, SEEN_LONG_BITS } from './layout';
import { countMerged } from './merge';

// Pieces come back all the time, so their counts are remembered; keys are compared in full, a clash of hashes cannot lie.
// Marks are length << 16 | count; 0 is an empty place. Two places that a piece may be at share a line of the processor's
// cache; a newcomer moves the one before it to the second. With a piece goes the word in it, once somebody has asked.

/** Tokens of a piece of two or more bytes. `spare` is memory that merging may use. */
export function countPiece(at: usize, length: u32, spare: usize): u32 {
  if (length <= 16) return countAt(entryOf(at, length, spare));
  return length <= LONGEST_SEEN ? longCount(at, length, spare) : countMerged(at, length, spare);
}

/** For each length as many bytes that are kept, the rest are 0. */
const KEPT = memory.data(17 * 16);

export function fillKept(): void {
  for (let length: u32 = 0; length <= 16; length++) memory.fill(KEPT + ((<usize>length) << 4), 0xff, length);
}

/** What is known of a piece of at most 16 bytes. Sixteen bytes are loaded. */
export function entryOf(at: usize, length: u32, spare: usize): usize {
  const key = v128.and(v128.load(at), v128.load(KEPT + ((<usize>length) << 4)));
  const hash = <u64>(i64x2.extract_lane(key, 0) * P1) ^ <u64>(i64x2.extract_lane(key, 1) * P2);
  const entry = SEEN + ((<usize>(hash >> (64 - SEEN_BITS))) << 5);
  const other = entry ^ 32;
  // Looked at together: at which of the two places it is cannot be foretold.
  const isThere = isEntry(entry, key, length);
  if (isThere | isEntry(other, key, length)) return select<usize>(entry, other, isThere);
  if (load<u32>(other + 16) === 0) memory.copy(other, entry, 32);
  v128.store(entry, key);
  store<u64>(entry + 16, (length << 16) | countMerged(at, length, spare));
  return entry;
}

function isEntry(entry: usize, key: v128, length: u32): bool {
  const isKey = i64x2.all_true(i64x2.eq(v128.load(entry), key));
  return <bool>(<u32>isKey & <u32>(load<u16>(entry + 18) === length));
}

export function countAt(entry: usize): u32 {
  return load<u32>(entry + 16) & 0xffff;
}

/** The word of a piece, 0 as long as nobody has kept it. */
export function wordAt(entry: usize): u32 {
  return load<u32>(entry + 20);
}

/** What the lexicon says of that word. */
export function bitsAt(entry: usize): u32 {
  return load<u32>(entry + 24);
}

export function keepWord(entry: usize, word: u32, bits: u32): void {
  store<u32>(entry + 20, word);
  store<u32>(entry + 24, bits);
}

function longCount(at: usize, length: u32, spare: usize): u32 {
  const hash = mixWord(<u64>hashBytes(at, length));
  const place = SEEN_LONG + ((<usize>(hash >> (64 - SEEN_LONG_BITS))) << 6);
  let mark = load<u32>(place + 60);
  if (mark >> 16 === length && memory.compare(place, at, length) === 0) return mark & 0xffff;
  mark = (length << 16) | countMerged(at, length, spare);
  memory.copy(place, at, length);
  store<u32>(place + 60, mark);
  return mark & 0xffff;
}
