/** Bits that one look is sure to have: it begins anywhere in a byte. */
const SURE = 25;
/** Zeros behind the last byte, so that a look never reaches beyond the end. */
const ROOM = 8;

/** Reads numbers of a few bits each, the highest bit first: what assembly/rows/bit-writer.ts writes. */
export class BitReader {
  /** Bits read so far. */
  private at = 0;
  private readonly end: number;
  private readonly view: DataView;

  constructor(bytes: Uint8Array) {
    const padded = new Uint8Array(bytes.length + ROOM);
    padded.set(bytes);
    this.view = new DataView(padded.buffer);
    this.end = bytes.length * 8;
  }

  /** Whether nothing but the zeros that fill the last byte is left. */
  get done(): boolean {
    return this.end - this.at < 8 && this.peek() === 0;
  }

  /** Rice's code, see there. */
  rice(lower: number): number {
    const next = this.peek();
    const zeros = Math.clz32(next);
    const size = zeros + 1 + lower;
    if (size > SURE) return this.zeros() * 2 ** lower + this.bits(lower);
    this.at += size;
    return (zeros << lower) | (((next << (zeros + 1)) >>> 1) >>> (31 - lower));
  }

  /** Golomb's exponential code, see there. */
  number(lower: number): number {
    const bits = lower + this.zeros();
    return 2 ** bits + this.bits(bits) - 2 ** lower;
  }

  /** Goes on with the next whole byte. */
  align(): void {
    this.at = (this.at + 7) & ~7;
  }

  /** The next two bytes as a number. */
  size(): number {
    this.align();
    return this.bits(16);
  }

  skip(bytes: number): void {
    this.at += bytes * 8;
  }

  /** Passes over zeros and the one behind them. @returns how many */
  private zeros(): number {
    for (let zeros = 0; ; ) {
      const found = Math.min(Math.clz32(this.peek()), SURE);
      zeros += found;
      this.at += found;
      if (found < SURE || this.at >= this.end) {
        this.at++;
        return zeros;
      }
    }
  }

  /** Up to 24 bits. */
  private bits(count: number): number {
    const value = (this.peek() >>> 1) >>> (31 - count);
    this.at += count;
    return value;
  }

  /** The next bits, at the upper end of 32. */
  private peek(): number {
    // Beyond the end there is nothing but zeros.
    const { at } = this;
    return at > this.end ? 0 : this.view.getUint32(at >>> 3) << (at & 7);
  }
}
