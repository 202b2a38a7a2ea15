import { at, endBits, leaveBytes, putNumber, putRice, startBits } from './bit-writer';
import { blocks, HASH_BITS, places, postings } from './index-words';
import { BUCKETS, POSTINGS, reserve, SORTED, TEXT } from './layout';

// A segment's postings as pages of bits, each with the words of one range of hashes: for each word its hash as the distance
// from the one before (from the page's start for the first), how many rows, then the rows, numbered through the segment,
// as distances. Before many rows stands how many bytes they take (2 bytes), and they begin and end with a byte, so that who
// looks for another word passes over them. index-lookup.ts reads it.
const BLOCK_ROWS: u32 = 16;
/** Lower bits of the distances between hashes. */
const HASH_STEP: u32 = 4;

const MANY_ROWS: u32 = 64;

/** Sorts by word; blocks already ascend. Two stable passes of ten bits. */
function sort(): void {
  pass(POSTINGS, SORTED, 0);
  pass(SORTED, POSTINGS, 10);
}

function bucketOf(posting: u64, shift: u32): usize {
  return BUCKETS + ((<usize>((<u32>(posting >> 32) >> shift) & 1023)) << 2);
}

function pass(from: usize, to: usize, shift: u32): void {
  memory.fill(BUCKETS, 0, 4096 + 4);
  for (let i: u32 = 0; i < postings; i++) {
    const place = bucketOf(load<u64>(from + ((<usize>i) << 3)), shift) + 4;
    store<u32>(place, load<u32>(place) + 1);
  }
  for (let sum = BUCKETS + 4; sum < BUCKETS + 4096; sum += 4) store<u32>(sum, load<u32>(sum) + load<u32>(sum - 4));
  for (let i: u32 = 0; i < postings; i++) {
    const posting = load<u64>(from + ((<usize>i) << 3));
    const place = bucketOf(posting, shift);
    const target = load<u32>(place);
    store<u32>(place, target + 1);
    store<u64>(to + ((<usize>target) << 3), posting);
  }
}

/**
 * Writes 2^bits pages at TEXT: first where each begins and the last ends (4 bytes each, from TEXT), then the pages.
 * @returns their address
 */
export function writePages(bits: u32): usize {
  sort();
  const pages = (<u32>1) << bits;
  const shift = HASH_BITS - bits;
  const first = TEXT + ((<usize>pages) << 2) + 4;
  // A word takes at most 96 bits besides its rows, a row 17, a page one byte more.
  reserve(((<usize>pages) << 2) + <usize>pages + 4 + <usize>postings * 12 + <usize>places * 3);
  startBits(first);
  let next: u32 = 0;
  for (let page: u32 = 0; page < pages; page++) {
    store<u32>(TEXT + ((<usize>page) << 2), <u32>(at - TEXT));
    let before = page << shift;
    while (next < postings && wordAt(next) >> shift === page) {
      const word = wordAt(next);
      putNumber(word - before, HASH_STEP);
      before = word;
      next = writeRows(next, word);
    }
    endBits();
  }
  store<u32>(TEXT + ((<usize>pages) << 2), <u32>(at - TEXT));
  return TEXT;
}

function wordAt(index: u32): u32 {
  return load<u32>(POSTINGS + ((<usize>index) << 3) + 4);
}

/** Block << 16 | rows of the block. */
function rowsAt(index: u32): u32 {
  return load<u32>(POSTINGS + ((<usize>index) << 3));
}

function writeRows(from: u32, word: u32): u32 {
  let to = from;
  let count: u32 = 0;
  for (; to < postings && wordAt(to) === word; to++) count += popcnt<u32>(rowsAt(to) & 0xffff);
  putNumber(count - 1, 0);
  if (count < MANY_ROWS) {
    putRows(from, to, lowerBits(count));
    return to;
  }
  endBits();
  const size = leaveBytes(2);
  putRows(from, to, lowerBits(count));
  endBits();
  store<u16>(size, bswap<u16>(<u16>(at - size - 2)));
  return to;
}

function putRows(from: u32, to: u32, lower: u32): void {
  let before: u32 = 0;
  for (let i = from; i < to; i++) {
    const posting = rowsAt(i);
    const first = (posting >> 16) * BLOCK_ROWS;
    for (let rest = posting & 0xffff; rest !== 0; rest &= rest - 1) {
      const row = first + ctz<u32>(rest);
      putRice(row - before, lower);
      before = row + 1;
    }
  }
}

/** Of the distances between so many rows: what takes the fewest bits when the rows lie as by chance. */
function lowerBits(count: u32): u32 {
  return 31 - clz<u32>((((blocks * BLOCK_ROWS * 11) >> 4) / count) | 1);
}
