import type { ContentHash } from './o200k/engine';

const FULL = 0.6;
/** Past this many distinct rows new ones are no longer remembered: 100 MB are enough for a list of what was seen. */
const MAX_REMEMBERED = 5_000_000;

/** Remembers on which line each content hash was first seen: 12 bytes a slot, so a million rows take about 25 MB. */
export class HashTable {
  private highs = new Int32Array(1 << 12);
  private lows = new Int32Array(1 << 12);
  private lines = new Int32Array(1 << 12);
  private size = 0;

  constructor(private readonly limit = MAX_REMEMBERED) {}

  /** The line that had this hash before, or 0 when it is new (and from now on remembered, up to the limit). */
  seen({ high, low }: ContentHash, line: number): number {
    if (this.size < this.limit && this.size >= this.lines.length * FULL) this.grow();
    const place = this.find(high, low);
    const before = this.lines[place] as number;
    if (before !== 0 || this.size >= this.limit) return before;
    this.set(place, high, low, line);
    this.size++;
    return 0;
  }

  private find(high: number, low: number): number {
    const mask = this.lines.length - 1;
    let place = low & mask;
    while (this.lines[place] !== 0 && (this.lows[place] !== low || this.highs[place] !== high))
      place = (place + 1) & mask;
    return place;
  }

  private set(place: number, high: number, low: number, line: number): void {
    this.highs[place] = high;
    this.lows[place] = low;
    this.lines[place] = line;
  }

  private grow(): void {
    const { highs, lows, lines } = this;
    this.highs = new Int32Array(lines.length * 2);
    this.lows = new Int32Array(lines.length * 2);
    this.lines = new Int32Array(lines.length * 2);
    lines.forEach((line, i) => {
      const [high, low] = [highs[i] as number, lows[i] as number];
      if (line !== 0) this.set(this.find(high, low), high, low, line);
    });
  }
}
