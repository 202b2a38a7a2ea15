import { firstBytes, P1, P2, P3, P4 } from './bits';

// Names examples by content. Built of the rounds of xxHash64 (BSD-2, Yann Collet) for 8 bytes at a time; not cryptographic.
let state: u64 = 0;

function round(hash: u64, word: u64): u64 {
  return rotl<u64>(hash ^ (rotl<u64>(word * P2, 31) * P1), 27) * P1 + P4;
}

export function startHash(): void {
  state = P3;
}

/** Takes a number into the hash: which kind of thing follows. */
export function mixNumber(value: u32): void {
  state = round(state, value);
}

/** Takes a text into the hash. @returns the hash of the text alone */
export function mixText(text: usize, length: u32): u64 {
  let hash = P4;
  let at: u32 = 0;
  for (; at + 8 <= length; at += 8) hash = round(hash, load<u64>(text + at));
  if (at < length) hash = round(hash, firstBytes(load<u64>(text + at), length - at));
  // The length goes in too, so no two lists of texts can be joined to the same one.
  hash = round(hash, length);
  state = round(state, hash);
  return hash;
}

/** Spreads what was taken in over all 64 bits. Upper half; `hashLow` then tells the lower. */
export function hashHigh(): u32 {
  state = (state ^ (state >> 33)) * P2;
  state = (state ^ (state >> 29)) * P3;
  state ^= state >> 32;
  return <u32>(state >> 32);
}

export function hashLow(): u32 {
  return <u32>state;
}
