import { COUNTED_TOKENS, COUNTS, COUNTS_BYTES } from './layout';

// Counts of the rows that were taken, for the figures of a version. 4 bytes each from COUNTS on, by these places; then
// rows by tokens, and by tokens that are trained on. tally.ts reads them.
const ROLES: usize = 0;
const FLAGS: usize = 8;
const SPLITS: usize = 40;
const TURNS: usize = 48;
const MAX_TURNS: u32 = 64;
/** Tokens of each side of the split, 8 bytes each: more than 4 bytes hold. */
const SPLIT_TOKENS: usize = 112;
const TOKENS: usize = 256;
const TRAINABLE: usize = 256 + (1 << 17);

let isClear = true;

/** A file begins. */
export function startCounts(): void {
  if (!isClear) memory.fill(COUNTS, 0, COUNTS_BYTES);
  isClear = true;
}

function addOne(place: usize): void {
  const at = COUNTS + (place << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** Whether a row can be counted: some are too long for it. */
export function isCountable(tokens: u32, turns: u32): bool {
  return tokens < COUNTED_TOKENS && turns < MAX_TURNS;
}

export function countRole(role: u32): void {
  addOne(ROLES + role);
}

/** @param turns  answers of the row */
export function countRow(tokens: u32, trainable: u32, flags: u32, split: u32, turns: u32): void {
  isClear = false;
  addOne(TOKENS + tokens);
  addOne(TRAINABLE + trainable);
  for (let rest = flags; rest !== 0; rest &= rest - 1) addOne(FLAGS + ctz<u32>(rest));
  addOne(SPLITS + split);
  const at = COUNTS + (SPLIT_TOKENS << 2) + ((<usize>split) << 3);
  store<f64>(at, load<f64>(at) + <f64>tokens);
  addOne(TURNS + turns);
}
