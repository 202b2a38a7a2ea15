import { hashWords } from './token-hash';

const FULL = 0.6;
const MAX_KEY = 64;

/** Counts of ASCII pieces up to 12 characters: four words per entry, the key inline. Emptied when it is 60 % full. */
export class ShortPieceCache {
  private readonly table: Int32Array;
  private readonly limit: number;
  private used = 0;

  /** @param bits log2 of the number of entries; 18 (4 MB) fits a real corpus, fewer cost much */
  constructor(bits: number) {
    this.table = new Int32Array(4 << bits);
    this.limit = Math.floor(FULL * 2 ** bits);
  }

  /** The count, or 0 when unknown. */
  get(k0: number, k1: number, k2: number, length: number): number {
    const { table } = this;
    const mask = table.length - 1;
    for (let place = (hashWords(k0, k1, k2, length) << 2) & mask; ; place = (place + 4) & mask) {
      const meta = table[place + 3] as number;
      if (meta === 0) return 0;
      if (table[place] === k0 && table[place + 1] === k1 && table[place + 2] === k2 && meta >> 16 === length)
        return meta & 0xffff;
    }
  }

  set(k0: number, k1: number, k2: number, length: number, count: number): void {
    const { table } = this;
    if (this.used >= this.limit) {
      table.fill(0);
      this.used = 0;
    }
    const mask = table.length - 1;
    let place = (hashWords(k0, k1, k2, length) << 2) & mask;
    while (table[place + 3] !== 0) place = (place + 4) & mask;
    table[place] = k0;
    table[place + 1] = k1;
    table[place + 2] = k2;
    table[place + 3] = (length << 16) | count;
    this.used++;
  }
}

/** Counts of all other pieces, up to 64 UTF-16 units; keys are compared in full, so a hash clash cannot lie. */
export class PieceCache {
  private readonly hashes: Int32Array;
  private readonly offsets: Int32Array;
  private readonly lengths: Uint8Array;
  private readonly counts: Uint8Array;
  private readonly keys: Uint16Array;
  private readonly limit: number;
  private used = 0;
  private keyEnd = 0;

  constructor(bits: number) {
    const size = 2 ** bits;
    this.hashes = new Int32Array(size);
    this.offsets = new Int32Array(size);
    this.lengths = new Uint8Array(size);
    this.counts = new Uint8Array(size);
    this.keys = new Uint16Array(size * 10);
    this.limit = Math.floor(FULL * size);
  }

  /** Token count of text[from, to): remembered, or computed by `count`. */
  get(text: string, from: number, to: number, count: (text: string, from: number, to: number) => number): number {
    const length = to - from;
    if (length > MAX_KEY) return count(text, from, to);
    const mask = this.hashes.length - 1;
    const hash = hashUnits(text, from, to);
    let place = hash & mask;
    for (; this.lengths[place] !== 0; place = (place + 1) & mask) {
      if (this.hashes[place] === hash && this.lengths[place] === length && this.isKey(place, text, from, length))
        return this.counts[place] as number;
    }
    const result = count(text, from, to);
    this.remember(hash, place, text, from, length, result);
    return result;
  }

  private isKey(place: number, text: string, from: number, length: number): boolean {
    const start = this.offsets[place] as number;
    for (let i = 0; i < length; i++) if (this.keys[start + i] !== text.charCodeAt(from + i)) return false;
    return true;
  }

  private remember(hash: number, free: number, text: string, from: number, length: number, count: number): void {
    let place = free;
    if (this.used >= this.limit || this.keyEnd + length > this.keys.length) {
      this.lengths.fill(0);
      this.used = 0;
      this.keyEnd = 0;
      place = hash & (this.hashes.length - 1);
    }
    this.hashes[place] = hash;
    this.lengths[place] = length;
    this.counts[place] = count;
    this.offsets[place] = this.keyEnd;
    for (let i = 0; i < length; i++) this.keys[this.keyEnd + i] = text.charCodeAt(from + i);
    this.keyEnd += length;
    this.used++;
  }
}

/** Signed 32 bits, as Int32Array stores it. */
function hashUnits(text: string, from: number, to: number): number {
  let h = to - from;
  for (let i = from; i < to; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 13)) | 0;
}
