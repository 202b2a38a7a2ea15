// Numbers of a few bits each, the highest bit first.

/** Where the next bytes go. */
export let at: usize = 0;
/** Bits that are not written yet. */
let held: u32 = 0;
let rest: u64 = 0;

export function startBits(to: usize): void {
  at = to;
  held = 0;
  rest = 0;
}

/** Up to 32 bits. */
function put(value: u32, bits: u32): void {
  rest = (rest << (<u64>bits)) | value;
  held += bits;
  if (held < 32) return;
  held -= 32;
  store<u32>(at, bswap<u32>(<u32>(rest >> <u64>held)));
  at += 4;
}

/** Leaves room for some bytes, behind endBits. @returns where it is */
export function leaveBytes(count: usize): usize {
  at += count;
  return at - count;
}

/** Fills the last byte with zeros. */
export function endBits(): void {
  for (; held >= 8; held -= 8) store<u8>(at++, <u8>(rest >> <u64>(held - 8)));
  if (held > 0) store<u8>(at++, <u8>(rest << (<u64>(8 - held))));
  held = 0;
}

/** Bits of the longest number that is put in one go. */
const LONGEST: u32 = 32;

/**
 * The distances between the rows of some postings (index-words.ts) in Rice's code: the lower bits as they are, and before them
 * as many zeros and a one as the rest says.
 */
export function putRows(from: usize, to: usize, lower: u32): void {
  // What lives outside of a function costs a load and a store each time.
  let bits = rest;
  let count = held;
  let write = at;
  let before: u32 = 0;
  const one: u32 = (<u32>1) << lower;
  for (let posting = from; posting < to; posting += 8) {
    const block = load<u32>(posting);
    const first = (block >> 16) << 4;
    for (let rows = block & 0xffff; rows !== 0; rows &= rows - 1) {
      const row = first + ctz<u32>(rows);
      const distance = row - before;
      before = row + 1;
      let zeros = distance >> lower;
      for (; zeros + 1 + lower > LONGEST; zeros--) {
        bits <<= 1;
        if (++count < 32) continue;
        count = 0;
        store<u32>(write, bswap<u32>(<u32>bits));
        write += 4;
      }
      bits = (bits << (<u64>(zeros + 1 + lower))) | (one | (distance & (one - 1)));
      count += zeros + 1 + lower;
      if (count < 32) continue;
      count -= 32;
      store<u32>(write, bswap<u32>(<u32>(bits >> <u64>count)));
      write += 4;
    }
  }
  rest = bits;
  held = count;
  at = write;
}

/** Golomb's exponential code: for numbers of any size, most of which take few more than the lower bits. Up to 2^31. */
export function putNumber(value: u32, lower: u32): void {
  const number = value + ((<u32>1) << lower);
  const bits = 32 - clz<u32>(number);
  put(0, bits - 1 - lower);
  put(number, bits);
}
