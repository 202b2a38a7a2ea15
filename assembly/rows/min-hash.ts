import { BANDS, BINS, DENSE, MINS, ROW_WORDS, SIGN } from './layout';

// Sources: P. Li, A. Owen, C.-H. Zhang, "One Permutation Hashing", NIPS 2012; A. Shrivastava, P. Li, ICML 2014 (empty bins).
const EMPTY: u32 = 0x7f7f7f7f;
const SHINGLE: u32 = 3;
export const BAND_COUNT: u32 = 6;
const BAND_STEP: u32 = BINS / 4;

/** What the first words of the row have of runs of three: their signature at SIGN, its bands at BANDS. */
export function signRow(words: u32): void {
  memory.fill(MINS, <u8>EMPTY, BINS << 2);
  for (let i: u32 = 0; i + SHINGLE <= words; i++) {
    const at = ROW_WORDS + ((<usize>i) << 2);
    let hash = load<u32>(at) * 0x85ebca6b + load<u32>(at + 4) * 0xc2b2ae35;
    hash = ((hash + load<u32>(at + 8)) ^ (hash >> 15)) * 0x2c1b3c6d;
    hash ^= hash >> 14;
    hash *= 0x297a2d39;
    const place = MINS + ((<usize>(hash >> 26)) << 2);
    // No branch: which of the two is smaller cannot be foretold.
    store<u32>(place, min<u32>((hash ^ (hash >> 15)) & 0x3ffffff, load<u32>(place)));
  }
  fillEmpty();
  write();
}

/** An empty bin takes what the next one has, told apart by the distance. */
function fillEmpty(): void {
  let last: u32 = 0;
  for (let bin: u32 = 0; bin < BINS && last === 0; bin++)
    if (load<u32>(MINS + ((<usize>bin) << 2)) !== EMPTY) last = bin + BINS;
  let value = load<u32>(MINS + ((<usize>(last & (BINS - 1))) << 2));
  for (let bin: i32 = BINS - 1; bin >= 0; bin--) {
    const own = load<u32>(MINS + ((<usize>bin) << 2));
    last = select<u32>(bin, last, own !== EMPTY);
    value = select<u32>(own, value, own !== EMPTY);
    const distance = (last - <u32>bin) & (BINS - 1);
    store<u32>(DENSE + ((<usize>bin) << 2), value + distance * 0x9e3779b1);
  }
}

/** Two bits of each bin, in four words; and a hash of every sixteenth bin for each band. */
function write(): void {
  writeSign(DENSE, SIGN);
  writeSign(DENSE + 128, SIGN + 8);
  for (let band: u32 = 0; band < BAND_COUNT; band++) {
    let hash = band + 1;
    for (let bin = band; bin < BINS; bin += BAND_STEP) {
      hash = (hash ^ load<u32>(DENSE + ((<usize>bin) << 2))) * 0x85ebca6b;
      hash ^= hash >> 15;
    }
    store<u32>(BANDS + ((<usize>band) << 2), hash);
  }
}

/** Of 32 bins: the upper bits in one word, the lower ones in the next. */
function writeSign(bins: usize, sign: usize): void {
  let upper: u32 = 0;
  let lower: u32 = 0;
  for (let bin: u32 = 0; bin < 32; bin += 4) {
    const mixed = i32x4.mul(v128.load(bins + ((<usize>bin) << 2)), i32x4.splat(<i32>0x9e3779b1));
    upper |= (<u32>i32x4.bitmask(mixed)) << bin;
    lower |= (<u32>i32x4.bitmask(i32x4.shl(mixed, 1))) << bin;
  }
  store<u32>(sign, upper);
  store<u32>(sign + 4, lower);
}
