// Odd constants with well spread bits, put together because the editor's checks think of numbers as doubles.
export const P1: u64 = ((<u64>0x9e3779b1) << 32) | 0x85ebca87;
export const P2: u64 = ((<u64>0xc2b2ae3d) << 32) | 0x27d4eb4f;
export const P3: u64 = ((<u64>0x165667b1) << 32) | 0x9e3779f9;
export const P4: u64 = ((<u64>0x85ebca77) << 32) | 0xc2b2ae63;

/** The first `length` (1 to 8) bytes of a word. */
export function firstBytes(word: u64, length: u32): u64 {
  return word & (~(<u64>0) >> (64 - ((<u64>length) << 3)));
}

/** A hash whose upper bits depend on all of the word. */
export function mixWord(word: u64): u64 {
  const mixed = word * P1;
  return (mixed ^ (mixed >> 32)) * P2;
}

export function mixWords(first: u64, second: u64): u64 {
  return mixWord(first ^ rotl<u64>(second * P3, 23));
}

/** For more than 16 bytes. */
export function hashBytes(at: usize, length: u32): u32 {
  let hash: u64 = length;
  let from: u32 = 0;
  for (; from + 8 <= length; from += 8) hash = mixWord(hash ^ load<u64>(at + from));
  if (from < length) hash = mixWord(hash ^ firstBytes(load<u64>(at + from), length - from));
  return <u32>(hash >> 32);
}
