/** Bins of a signature (assembly/rows/min-hash.ts): 64 numbers of which two texts share about as many as they share runs of three words. */
const BINS = 64;
/** Of each bin a signature keeps two bits, in so many words. */
export const SIGN_WORDS = 4;
/** Bands that are looked up: texts that are 80 % alike share one in 96 of 100 cases, half alike ones in 32. */
export const BANDS = 6;

/** Bits that are set. */
function ones(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * How alike two texts are, 0 to 1, by their signatures: unlike bins share their two bits by chance one time in four.
 *
 * @param signs  signatures of many texts one after the other
 * @param at     where the one to compare with starts
 */
export function likeness(sign: Int32Array, signs: Int32Array, at: number): number {
  let unlike = 0;
  for (let word = 0; word < SIGN_WORDS; word += 2) {
    const first = (sign[word] as number) ^ (signs[at + word] as number);
    const second = (sign[word + 1] as number) ^ (signs[at + word + 1] as number);
    unlike += ones(first | second);
  }
  return Math.max(0, 1 - (4 / 3) * (unlike / BINS));
}
