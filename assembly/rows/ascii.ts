import { firstBytes, mixWord, P2 } from './bits';

const SPACES: u64 = ((<u64>0x20202020) << 32) | 0x20202020;

// Sixteen bytes at a time: a bit for each that is a letter, a digit, or no ASCII at all.
export let letters: u32 = 0;
export let digits: u32 = 0;
export let wide: u32 = 0;

export function look(at: usize): void {
  const bytes = v128.load(at);
  letters = i8x16.bitmask(i8x16.lt_u(i8x16.sub(v128.or(bytes, i8x16.splat(0x20)), i8x16.splat(0x61)), i8x16.splat(26)));
  digits = i8x16.bitmask(i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(0x30)), i8x16.splat(10)));
  wide = i8x16.bitmask(bytes);
}

/** A letter or digit of ASCII. */
export function isPlain(at: usize): bool {
  const byte = <u32>load<u8>(at);
  return (byte | 0x20) - 0x61 < 26 || byte - 0x30 < 10;
}

/** Of a word of ASCII letters and digits. Setting one bit makes capitals small and leaves small letters and digits as they are. */
export function plainHash(from: usize, length: u32): u64 {
  let hash = P2;
  let at: u32 = 0;
  for (; at + 8 <= length; at += 8) hash = mixWord(hash ^ (load<u64>(from + at) | SPACES));
  if (at < length) hash = mixWord(hash ^ firstBytes(load<u64>(from + at) | SPACES, length - at));
  return hash;
}
