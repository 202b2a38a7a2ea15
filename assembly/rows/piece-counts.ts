import { firstBytes, hashBytes, mixWord, mixWords, P1 } from './bits';
import {
  LONGEST_SEEN,
  SEEN_LONG,
  SEEN_LONG_BITS,
  SEEN_MEDIUM,
  SEEN_MEDIUM_BITS,
  SEEN_SHORT,
  SEEN_SHORT_BITS,
} from './layout';
import { countMerged } from './merge';

// Pieces come back all the time, so their counts are remembered; keys are compared in full, a clash of hashes cannot lie.
// Marks are length << 16 | count; 0 is an empty place. A short piece has two
// places: a newcomer moves the one before it to the second.

/** Tokens of a piece of two or more bytes. `spare` is memory that merging may use. */
export function countPiece(at: usize, length: u32, spare: usize): u32 {
  if (length <= 8) return shortCount(at, length, spare);
  if (length <= 16) return mediumCount(at, length, spare);
  return length <= LONGEST_SEEN ? longCount(at, length, spare) : countMerged(at, length, spare);
}

function shortCount(at: usize, length: u32, spare: usize): u32 {
  const key = firstBytes(load<u64>(at), length);
  const hash = key * P1;
  const place = SEEN_SHORT + ((<usize>((hash ^ (hash >> 29)) >> (64 - SEEN_SHORT_BITS))) << 4);
  let mark = load<u32>(place + 8);
  if (load<u64>(place) === key && mark >> 16 === length) return mark & 0xffff;
  const other = place ^ 16;
  const otherMark = load<u32>(other + 8);
  if (load<u64>(other) === key && otherMark >> 16 === length) return otherMark & 0xffff;
  if (mark !== 0 && otherMark === 0) {
    store<u64>(other, load<u64>(place));
    store<u32>(other + 8, mark);
  }
  mark = (length << 16) | countMerged(at, length, spare);
  store<u64>(place, key);
  store<u32>(place + 8, mark);
  return mark & 0xffff;
}

function mediumCount(at: usize, length: u32, spare: usize): u32 {
  const first = load<u64>(at);
  const second = firstBytes(load<u64>(at + 8), length - 8);
  const place = SEEN_MEDIUM + ((<usize>(mixWords(first, second) >> (64 - SEEN_MEDIUM_BITS))) << 5);
  let mark = load<u32>(place + 16);
  if (load<u64>(place) === first && load<u64>(place + 8) === second && mark >> 16 === length) return mark & 0xffff;
  mark = (length << 16) | countMerged(at, length, spare);
  store<u64>(place, first);
  store<u64>(place + 8, second);
  store<u32>(place + 16, mark);
  return mark & 0xffff;
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
