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

/** Rice's code: the lower bits as they are, and before them as many zeros and a one as the rest says. */
export function putRice(value: u32, lower: u32): void {
  let zeros = value >> lower;
  for (; zeros + lower >= 32; zeros -= min<u32>(zeros, 32)) put(0, min<u32>(zeros, 32));
  put(((<u32>1) << lower) | (value & (((<u32>1) << lower) - 1)), zeros + 1 + lower);
}

/** Golomb's exponential code: for numbers of any size, most of which take few more than the lower bits. Up to 2^31. */
export function putNumber(value: u32, lower: u32): void {
  const number = value + ((<u32>1) << lower);
  const bits = 32 - clz<u32>(number);
  put(0, bits - 1 - lower);
  put(number, bits);
}
