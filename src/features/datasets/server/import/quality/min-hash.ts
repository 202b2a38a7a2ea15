/** Bins of the signature. Source: P. Li, A. Owen, C.-H. Zhang, "One Permutation Hashing", NIPS 2012. */
const BINS = 64;
const EMPTY = 0x7fffffff;
const SHINGLE = 3;
/** Words of a signature. */
export const SIGN_WORDS = 4;

/** Bands that are looked up, and bins in each: texts that are 80 % alike share one in 96 of 100 cases, half alike ones in 32. */
export const BANDS = 6;
const BAND_STEP = BINS / 4;

/**
 * What a text has of runs of three words, as 64 numbers of which two texts share about as many as they share runs (Jaccard
 * similarity). One pass, one hash for each run.
 */
export class MinHash {
  private readonly mins = new Int32Array(BINS);
  private readonly dense = new Int32Array(BINS);
  /** Two bits of each bin, in four words: compared, they estimate how alike two texts are. */
  readonly sign = new Int32Array(SIGN_WORDS);
  readonly bands = new Int32Array(BANDS);

  read(words: Int32Array, from: number, to: number): void {
    const { mins } = this;
    mins.fill(EMPTY);
    for (let i = from; i + SHINGLE <= to; i++) {
      let hash = Math.imul(words[i] as number, 0x85ebca6b) + Math.imul(words[i + 1] as number, 0xc2b2ae35);
      hash = Math.imul((hash + (words[i + 2] as number)) ^ (hash >>> 15), 0x2c1b3c6d);
      hash ^= hash >>> 14;
      hash = Math.imul(hash, 0x297a2d39);
      const bin = hash >>> 26;
      const value = (hash ^ (hash >>> 15)) & 0x3ffffff;
      if (value < (mins[bin] as number)) mins[bin] = value;
    }
    this.fillEmpty();
    this.write();
  }

  /** An empty bin takes what the next one has, told apart by the distance. Source: Shrivastava and Li, ICML 2014. */
  private fillEmpty(): void {
    const { mins, dense } = this;
    let last = 0;
    for (let bin = 0; bin < BINS && last === 0; bin++) if (mins[bin] !== EMPTY) last = bin + BINS;
    for (let bin = BINS - 1; bin >= 0; bin--) {
      if (mins[bin] !== EMPTY) last = bin;
      const distance = (last - bin) & (BINS - 1);
      dense[bin] = (mins[last & (BINS - 1)] as number) + Math.imul(distance, 0x9e3779b1);
    }
  }

  private write(): void {
    const { dense, bands, sign } = this;
    sign.fill(0);
    for (let bin = 0; bin < BINS; bin++) {
      const bits = Math.imul(dense[bin] as number, 0x9e3779b1) >>> 30;
      const word = (bin >>> 5) << 1;
      sign[word] = (sign[word] as number) | ((bits >>> 1) << bin);
      sign[word + 1] = (sign[word + 1] as number) | ((bits & 1) << bin);
    }
    for (let band = 0; band < BANDS; band++) {
      let hash = band + 1;
      for (let bin = band; bin < BINS; bin += BAND_STEP) {
        hash = Math.imul(hash ^ (dense[bin] as number), 0x85ebca6b);
        hash ^= hash >>> 15;
      }
      bands[band] = hash;
    }
  }
}

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
