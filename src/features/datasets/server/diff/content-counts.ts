/** Of all the room this share is used: more makes searching slow. */
const LOAD = 0.6;
const MIN_ROOM = 16;

/**
 * How often each content stands on a side of the split, as numbers that may go below zero: a hash table of 13 bytes a
 * place, because a map of a million bigints takes ten times as much.
 */
export class ContentCounts {
  private readonly mask: number;
  private readonly lows: Int32Array;
  private readonly highs: Int32Array;
  private readonly counts: Int32Array;
  /** Side of the split + 1; 0 = free. */
  private readonly sides: Uint8Array;

  /** @param most  so many different ones may come */
  constructor(most: number) {
    const room = 2 ** Math.ceil(Math.log2(Math.max(MIN_ROOM, most / LOAD)));
    this.mask = room - 1;
    this.lows = new Int32Array(room);
    this.highs = new Int32Array(room);
    this.counts = new Int32Array(room);
    this.sides = new Uint8Array(room);
  }

  of(low: number, high: number, split: number): number {
    return this.counts[this.find(low, high, split)] as number;
  }

  /** @returns the count as it was before */
  add(low: number, high: number, split: number, more: number): number {
    const place = this.find(low, high, split);
    const before = this.counts[place] as number;
    this.lows[place] = low;
    this.highs[place] = high;
    this.sides[place] = split + 1;
    this.counts[place] = before + more;
    return before;
  }

  /** Calls for each whose count is not zero. */
  each(call: (low: number, high: number, split: number, count: number) => void): void {
    this.counts.forEach((count, i) => {
      if (count !== 0) call(this.lows[i] as number, this.highs[i] as number, (this.sides[i] as number) - 1, count);
    });
  }

  /** Where it is, or the free place where it would be. */
  private find(low: number, high: number, split: number): number {
    const side = split + 1;
    // The lower bits of a content hash are as good as chance; rows that moved to another side stand next to each other.
    for (let place = (low + split) & this.mask; ; place = (place + 1) & this.mask) {
      const there = this.sides[place];
      if (there === 0) return place;
      if (this.lows[place] === low && this.highs[place] === high && there === side) return place;
    }
  }
}
