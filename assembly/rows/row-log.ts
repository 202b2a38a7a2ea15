import { LOG, LOG_BYTES, LOG_ROOM, SIGN } from './layout';

// What is remembered of each row of a file, side by side: a look at a row is a look at one place in memory. Past LOG_ROOM
// rows new ones are looked up but no longer remembered: memory must not grow with the file.
/** The two hashes of a row. */
export const CONTENT: usize = 0;
export const QUESTION: usize = 8;
const LINE: usize = 16;
const WORDS: usize = 20;
const GROUP: usize = 24;
const SIZE: usize = 28;
const SIGNATURE: usize = 32;

/** Rows that are remembered. */
export let rows: u32 = 0;

export function forgetRows(): void {
  rows = 0;
}

export function isFull(): bool {
  return rows >= LOG_ROOM;
}

function place(row: u32): usize {
  return LOG + <usize>row * LOG_BYTES;
}

/** @param field  CONTENT or QUESTION */
export function hashOf(row: u32, field: usize): u64 {
  return load<u64>(place(row) + field);
}

export function lineOf(row: u32): u32 {
  return load<u32>(place(row), LINE);
}

export function wordsOf(row: u32): u32 {
  return load<u32>(place(row), WORDS);
}

/** Bins, of 64, in which the signature of a row is another than the one at SIGN (min-hash.ts). */
export function unlikeBins(row: u32): u32 {
  const sign = place(row) + SIGNATURE;
  const first = load<u64>(SIGN) ^ load<u64>(sign);
  const second = load<u64>(SIGN + 8) ^ load<u64>(sign + 8);
  return popcnt<u32>(<u32>first | <u32>(first >> 32)) + popcnt<u32>(<u32>second | <u32>(second >> 32));
}

/** The first row of the group that a row is in. */
export function groupOf(row: u32): u32 {
  let first = row;
  for (let next = load<u32>(place(first), GROUP); next !== first; next = load<u32>(place(first), GROUP)) first = next;
  return first;
}

/** Rows in the group that this one is the first of. */
export function sizeOf(first: u32): u32 {
  return load<u32>(place(first), SIZE);
}

/** Two groups become one. @returns its first row */
export function mergeGroups(a: u32, b: u32): u32 {
  const first = min(a, b);
  const later = max(a, b);
  store<u32>(place(later), first, GROUP);
  store<u32>(place(first), sizeOf(first) + sizeOf(later), SIZE);
  return first;
}

/**
 * Remembers a row with the signature at SIGN.
 * @param first  the first row of the group it is in, or -1 for a group of its own
 * @returns      the number of the row; `first` when no more rows are remembered
 */
export function addRow(line: u32, content: u64, question: u64, words: u32, first: i32): i32 {
  if (isFull()) return first;
  const row = rows++;
  const at = place(row);
  const group = first < 0 ? row : <u32>first;
  store<u64>(at, content, CONTENT);
  store<u64>(at, question, QUESTION);
  store<u32>(at, line, LINE);
  store<u32>(at, words, WORDS);
  store<u32>(at, group, GROUP);
  // What an earlier file has left there.
  store<u32>(at, 0, SIZE);
  v128.store(at, v128.load(SIGN), SIGNATURE);
  store<u32>(place(group), sizeOf(group) + 1, SIZE);
  return <i32>row;
}

/*
 * Entries of tables that lead to rows: the number of a row, from 1 on so that 0 is an empty place, and above it the upper
 * bits of a hash. Most entries at a place are other hashes', and a look at their rows would cost more than all the rest.
 */
const ROW_BITS: u32 = 21;
const ROW_MASK: u32 = (1 << ROW_BITS) - 1;

export function entryOf(row: u32, hash: u32): u32 {
  return (hash & ~ROW_MASK) | (row + 1);
}

export function rowOf(entry: u32): u32 {
  return (entry & ROW_MASK) - 1;
}

/** Whether an entry that is not empty may be of this hash. */
export function isMarked(entry: u32, hash: u32): bool {
  return entry >> ROW_BITS === hash >> ROW_BITS;
}
