import { ONCE, ONCE_BITS, TEXT_SLOT, TEXTS, TEXTS_BITS } from './layout';

// Fine-tuning sets repeat whole texts, system prompts above all. A text that came twice is kept with its count; the bytes
// are compared, so a clash of hashes cannot lie. One that came once is remembered by its hash only: copying every text
// would cost more than it saves.
const HEADER: usize = 16;
const SHORTEST: u32 = 32;
const LONGEST: u32 = <u32>(TEXT_SLOT - HEADER);

function slotOf(hash: u64): usize {
  return TEXTS + <usize>(hash >> (64 - TEXTS_BITS)) * TEXT_SLOT;
}

/** Tokens of a text if it is kept, or -1. */
export function knownCount(text: usize, hash: u64, length: u32): i32 {
  const slot = slotOf(hash);
  if (load<u64>(slot) !== hash || load<u32>(slot + 8) !== length) return -1;
  if (length < SHORTEST || memory.compare(slot + HEADER, text, length) !== 0) return -1;
  return load<i32>(slot + 12);
}

export function keepCount(text: usize, hash: u64, length: u32, count: u32): void {
  if (length < SHORTEST || length > LONGEST) return;
  const once = ONCE + ((<usize>(hash >> (64 - ONCE_BITS))) << 2);
  if (load<u32>(once) !== <u32>hash) {
    store<u32>(once, <u32>hash);
    return;
  }
  const slot = slotOf(hash);
  store<u64>(slot, hash);
  store<u32>(slot + 8, length);
  store<u32>(slot + 12, count);
  memory.copy(slot + HEADER, text, length);
}
