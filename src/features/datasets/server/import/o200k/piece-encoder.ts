import { hashBytes, hashWords } from './token-hash';
import { FILTER_SHIFT, NO_RANK, SHORT_TOKEN, type Vocabulary } from './vocabulary';

/** The longest token of o200k_base has 128 bytes. */
const LONGEST_TOKEN = 128;
/** Keeps the first n bytes of a little-endian word. */
const KEEP = new Int32Array([0, 0xff, 0xffff, 0xffffff, -1]);
const keep = (bytes: number): number => KEEP[bytes > 4 ? 4 : bytes] as number;

/** A piece of text as UTF-8 bytes in a reused buffer, and the rank of any stretch of it. */
export class PieceEncoder {
  bytes = new Uint8Array(4096);
  length = 0;
  private view = new DataView(this.bytes.buffer);

  constructor(readonly vocabulary: Vocabulary) {}

  /** Encodes text[from, to). Lone surrogates become U+FFFD, as Python's tiktoken does with them. */
  load(text: string, from: number, to: number): void {
    const need = (to - from) * 3 + SHORT_TOKEN;
    if (this.bytes.length < need) {
      this.bytes = new Uint8Array(need * 2);
      this.view = new DataView(this.bytes.buffer);
    }
    this.length = 0;
    for (let i = from; i < to; i++) {
      const unit = text.charCodeAt(i);
      const next = i + 1 < to ? text.charCodeAt(i + 1) : 0;
      if ((unit & 0xfc00) === 0xd800 && (next & 0xfc00) === 0xdc00) {
        this.push(((unit - 0xd800) << 10) + (next - 0xdc00) + 0x10000);
        i++;
      } else this.push((unit & 0xf800) === 0xd800 ? 0xfffd : unit);
    }
  }

  private push(code: number): void {
    const { bytes } = this;
    if (code < 0x80) {
      bytes[this.length++] = code;
      return;
    }
    if (code < 0x800) bytes[this.length++] = 0xc0 | (code >> 6);
    else {
      if (code < 0x10000) bytes[this.length++] = 0xe0 | (code >> 12);
      else {
        bytes[this.length++] = 0xf0 | (code >> 18);
        bytes[this.length++] = 0x80 | ((code >> 12) & 63);
      }
      bytes[this.length++] = 0x80 | ((code >> 6) & 63);
    }
    bytes[this.length++] = 0x80 | (code & 63);
  }

  /** Rank of the token that is exactly bytes[from, to), or NO_RANK. */
  rank(from: number, to: number): number {
    const length = to - from;
    if (length <= SHORT_TOKEN) return this.shortRank(from, length);
    return length > LONGEST_TOKEN ? NO_RANK : this.longRank(from, to);
  }

  private shortRank(from: number, length: number): number {
    const { shorts, shortFilter } = this.vocabulary;
    const k0 = this.view.getInt32(from, true) & keep(length);
    const k1 = length > 4 ? this.view.getInt32(from + 4, true) & keep(length - 4) : 0;
    const k2 = length > 8 ? this.view.getInt32(from + 8, true) & keep(length - 8) : 0;
    const hash = hashWords(k0, k1, k2, length);
    const filter = hash >>> FILTER_SHIFT;
    if ((((shortFilter[filter >>> 5] as number) >>> (filter & 31)) & 1) === 0) return NO_RANK;
    const mask = shorts.length - 1;
    for (let place = (hash << 2) & mask; ; place = (place + 4) & mask) {
      const meta = shorts[place + 3] as number;
      if (meta === 0) return NO_RANK;
      if (shorts[place] === k0 && shorts[place + 1] === k1 && shorts[place + 2] === k2 && meta >> 20 === length)
        return (meta & 0xfffff) - 1;
    }
  }

  private longRank(from: number, to: number): number {
    const { slots, offsets, ranks } = this.vocabulary;
    const mask = slots.length - 1;
    for (let place = hashBytes(this.bytes, from, to) & mask; ; place = (place + 1) & mask) {
      const slot = slots[place] as number;
      if (slot === 0) return NO_RANK;
      const start = offsets[slot - 1] as number;
      if ((offsets[slot] as number) - start === to - from && this.matches(start, from, to))
        return ranks[slot - 1] as number;
    }
  }

  private matches(start: number, from: number, to: number): boolean {
    const token = this.vocabulary.bytes;
    for (let i = from; i < to; i++) if (token[start + i - from] !== this.bytes[i]) return false;
    return true;
  }
}
