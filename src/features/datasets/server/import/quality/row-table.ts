import type { ContentHash } from '../content-hash';
import { type HashField, ROW_BITS, type RowLog } from './row-log';

const FULL = 0.6;
const FIRST_BITS = 12;

/**
 * Finds the first row of a log with a certain hash: 4 bytes a slot, so a million rows take 8 MB. An entry is the row's number
 * from 1 on, below so many bits of the hash: a look at the log is needed where these are the same, and hardly elsewhere.
 */
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
    const mark = high >>> ROW_BITS;
    for (let place = low & mask; ; place = (place + 1) & mask) {
      const entry = slots[place] as number;
      if (entry === 0) return -1;
      const row = (entry & (MAX_ENTRY - 1)) - 1;
      if (entry >>> ROW_BITS === mark && log.has(row, field, high, low)) return row;
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
    slots[place] = ((high >>> ROW_BITS) << ROW_BITS) | (row + 1);
  }

  private grow(): void {
    const { log, field, slots } = this;
    this.slots = new Int32Array(slots.length * 2);
    this.mask = slots.length * 2 - 1;
    for (const entry of slots) {
      if (entry === 0) continue;
      const row = (entry & (MAX_ENTRY - 1)) - 1;
      const { high, low } = log.hash(row, field);
      this.put(high, low, row);
    }
  }
}

const MAX_ENTRY = 1 << ROW_BITS;
