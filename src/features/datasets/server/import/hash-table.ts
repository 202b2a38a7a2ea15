import type { ContentHash } from './o200k/engine';

const FULL = 0.6;
/** Past this many distinct rows new ones are no longer remembered: 100 MB are enough for a list of what was seen. */
const MAX_REMEMBERED = 5_000_000;
/** High and low word of the hash, line: side by side, so that a look costs one visit to memory. */
const FIELDS = 3;

/** Remembers on which line each content hash was first seen: 12 bytes a slot, so a million rows take about 25 MB. */
export class HashTable {
  private slots = new Int32Array(FIELDS << 12);
  private mask = (1 << 12) - 1;
  private size = 0;

  constructor(private readonly limit = MAX_REMEMBERED) {}

  /** The line that had this hash before, or 0 when it is new (and from now on remembered, up to the limit). */
  seen({ high, low }: ContentHash, line: number): number {
    if (this.size < this.limit && this.size >= this.mask * FULL) this.grow();
    const at = this.find(high, low);
    const before = this.slots[at + 2] as number;
    if (before !== 0 || this.size >= this.limit) return before;
    this.set(at, high, low, line);
    this.size++;
    return 0;
  }

  /** Where the hash stands, or would stand. */
  private find(high: number, low: number): number {
    const { slots, mask } = this;
    let place = low & mask;
    for (;;) {
      const at = place * FIELDS;
      if (slots[at + 2] === 0 || (slots[at + 1] === low && slots[at] === high)) return at;
      place = (place + 1) & mask;
    }
  }

  private set(at: number, high: number, low: number, line: number): void {
    this.slots[at] = high;
    this.slots[at + 1] = low;
    this.slots[at + 2] = line;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2);
    this.mask = this.mask * 2 + 1;
    for (let at = 0; at < old.length; at += FIELDS) {
      const [high, low, line] = [old[at] as number, old[at + 1] as number, old[at + 2] as number];
      if (line !== 0) this.set(this.find(high, low), high, low, line);
    }
  }
}
