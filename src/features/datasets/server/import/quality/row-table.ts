import type { ContentHash } from '../content-hash';
import { entryOf, type HashField, isMarked, type RowLog, rowOf } from './row-log';

const FULL = 0.6;
const FIRST_BITS = 12;

/** Finds the first row of a log with a certain hash: 4 bytes a slot, so a million rows take 8 MB. */
export class RowTable {
  private slots = new Int32Array(1 << FIRST_BITS);
  private mask = (1 << FIRST_BITS) - 1;
  private size = 0;

  constructor(
    private readonly log: RowLog,
    private readonly field: HashField,
  ) {}

  /** @returns the number of the row, or -1 */
  find({ high, low }: ContentHash): number {
    const { slots, mask, log, field } = this;
    for (let place = low & mask; ; place = (place + 1) & mask) {
      const entry = slots[place] as number;
      if (entry === 0) return -1;
      if (isMarked(entry, high) && log.has(rowOf(entry), field, high, low)) return rowOf(entry);
    }
  }

  /** Remembers a row whose hash was not found. */
  add({ high, low }: ContentHash, row: number): void {
    if (this.size >= this.mask * FULL) this.grow();
    this.put(high, low, row);
    this.size++;
  }

  private put(high: number, low: number, row: number): void {
    const { slots, mask } = this;
    let place = low & mask;
    while (slots[place] !== 0) place = (place + 1) & mask;
    slots[place] = entryOf(row, high);
  }

  private grow(): void {
    const { log, field, slots } = this;
    this.slots = new Int32Array(slots.length * 2);
    this.mask = slots.length * 2 - 1;
    for (const entry of slots) {
      if (entry === 0) continue;
      const { high, low } = log.hash(rowOf(entry), field);
      this.put(high, low, rowOf(entry));
    }
  }
}
