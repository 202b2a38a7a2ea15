import { at, endBits, leaveBytes, putNumber, putRows, startBits } from './bit-writer';
import { blocks, HASH_BITS, places, postings } from './index-words';
import { BLOCK_ROWS, BUCKETS, POSTINGS, reserve, SORTED, TEXT } from './layout';

// A segment's postings as pages of bits, each with the words of one range of hashes: for each word its hash as the distance
// from the one before (from the page's start for the first), how many rows, then the rows, numbered through the segment,
// as distances. Before many rows stands how many bytes they take (2 bytes), and they begin and end with a byte, so that who
// looks for another word passes over them. index-lookup.ts reads it.
/** Lower bits of the distances between hashes. */
const HASH_STEP: u32 = 4;

const MANY_ROWS: u32 = 64;

/** Sorts by word; blocks already ascend. Two stable passes of ten bits, whose counts are taken together. */
function sort(): void {
  memory.fill(BUCKETS, 0, 8192);
  for (let i: u32 = 0; i < postings; i++) {
    const word = wordAt(i);
    count(BUCKETS, word);
    count(BUCKETS + 4096, word >> 10);
  }
  pass(POSTINGS, SORTED, BUCKETS, 0);
  pass(SORTED, POSTINGS, BUCKETS + 4096, 10);
}

function bucketOf(buckets: usize, key: u32): usize {
  return buckets + ((<usize>(key & 1023)) << 2);
}

function count(buckets: usize, key: u32): void {
  const bucket = bucketOf(buckets, key);
  store<u32>(bucket, load<u32>(bucket) + 1);
}

function pass(from: usize, to: usize, buckets: usize, shift: u32): void {
  let target: u32 = 0;
  for (let bucket = buckets; bucket < buckets + 4096; bucket += 4) {
    const size = load<u32>(bucket);
    store<u32>(bucket, target);
    target += size;
  }
  for (let i: u32 = 0; i < postings; i++) {
    const posting = load<u64>(from + ((<usize>i) << 3));
    const bucket = bucketOf(buckets, <u32>(posting >> 32) >> shift);
    const place = load<u32>(bucket);
    store<u32>(bucket, place + 1);
    store<u64>(to + ((<usize>place) << 3), posting);
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
  const first = POSTINGS + ((<usize>from) << 3);
  const end = POSTINGS + ((<usize>to) << 3);
  if (count < MANY_ROWS) {
    putRows(first, end, lowerBits(count));
    return to;
  }
  endBits();
  const size = leaveBytes(2);
  putRows(first, end, lowerBits(count));
  endBits();
  store<u16>(size, bswap<u16>(<u16>(at - size - 2)));
  return to;
}

/** Of the distances between so many rows: what takes the fewest bits when the rows lie as by chance. */
function lowerBits(count: u32): u32 {
  return 31 - clz<u32>((((blocks * BLOCK_ROWS * 11) >> 4) / count) | 1);
}
