import { HASH_BITS, postings } from './index-words';
import { BUCKETS, POSTINGS, reserve, SORTED, TEXT } from './layout';

// A segment's postings as pages of bytes, each with the words of one range of hashes. All numbers are LEB128: for each word
// its hash as the distance from the one before (from the page's start for the first), how many blocks, then the blocks as
// distances.
let write: usize = 0;

/** Sorts by word; blocks already ascend. Two stable passes of ten bits. */
function sort(): void {
  pass(POSTINGS, SORTED, 10);
  pass(SORTED, POSTINGS, 20);
}

function pass(from: usize, to: usize, shift: u32): void {
  memory.fill(BUCKETS, 0, 4096 + 4);
  for (let i: u32 = 0; i < postings; i++) {
    const place = BUCKETS + ((<usize>((load<u32>(from + ((<usize>i) << 2)) >> shift) & 1023)) << 2) + 4;
    store<u32>(place, load<u32>(place) + 1);
  }
  for (let at = BUCKETS + 4; at < BUCKETS + 4096; at += 4) store<u32>(at, load<u32>(at) + load<u32>(at - 4));
  for (let i: u32 = 0; i < postings; i++) {
    const posting = load<u32>(from + ((<usize>i) << 2));
    const place = BUCKETS + ((<usize>((posting >> shift) & 1023)) << 2);
    const target = load<u32>(place);
    store<u32>(place, target + 1);
    store<u32>(to + ((<usize>target) << 2), posting);
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
  reserve(((<usize>pages) << 2) + 4 + <usize>postings * 8);
  write = TEXT + ((<usize>pages) << 2) + 4;
  let next: u32 = 0;
  for (let page: u32 = 0; page < pages; page++) {
    store<u32>(TEXT + ((<usize>page) << 2), <u32>(write - TEXT));
    let before = page << shift;
    while (next < postings && wordAt(next) >> shift === page) {
      const word = wordAt(next);
      number(word - before);
      before = word;
      next = writeBlocks(next, word);
    }
  }
  store<u32>(TEXT + ((<usize>pages) << 2), <u32>(write - TEXT));
  return TEXT;
}

function wordAt(index: u32): u32 {
  return load<u32>(POSTINGS + ((<usize>index) << 2)) >> 10;
}

function writeBlocks(from: u32, word: u32): u32 {
  let to = from + 1;
  while (to < postings && wordAt(to) === word) to++;
  number(to - from);
  let before: u32 = 0;
  for (let i = from; i < to; i++) {
    const block = load<u32>(POSTINGS + ((<usize>i) << 2)) & 1023;
    number(block - before);
    before = block;
  }
  return to;
}

function number(value: u32): void {
  let rest = value;
  for (; rest > 127; rest >>= 7) store<u8>(write++, (rest & 127) | 128);
  store<u8>(write++, rest);
}
