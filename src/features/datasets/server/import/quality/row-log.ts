import type { ContentHash } from '../content-hash';
import { SIGN_WORDS } from './min-hash';
import type { KinRow } from './near-index';

/** Past this many rows new ones are looked up but no longer remembered: memory must not grow with the file. */
const MAX_ROWS = 1_200_000;

/** What is remembered of each row, by its number, in typed arrays: 42 bytes a row. */
export class RowLog {
  next = 0;
  private lines = new Int32Array(1 << 12);
  private highs = new Int32Array(1 << 12);
  private lows = new Int32Array(1 << 12);
  /** Signatures, SIGN_WORDS numbers each. */
  signs = new Int32Array((1 << 12) * SIGN_WORDS);
  private lengths = new Uint16Array(1 << 12);
  private groups = new Int32Array(1 << 12);
  private sizes = new Int32Array(1 << 12);

  get full(): boolean {
    return this.next >= MAX_ROWS;
  }

  line(row: number): number {
    return this.lines[row] as number;
  }

  hash(row: number): ContentHash {
    return { high: this.highs[row] as number, low: this.lows[row] as number };
  }

  words(row: number): number {
    return this.lengths[row] as number;
  }

  /** The first row of the group that the row is in. */
  group(row: number): number {
    let first = row;
    while (this.groups[first] !== first) first = this.groups[first] as number;
    return first;
  }

  /** Two groups become one. @returns its first row */
  merge(a: number, b: number): number {
    const [first, later] = a < b ? [a, b] : [b, a];
    this.groups[later] = first;
    this.sizes[first] = this.size(first) + this.size(later);
    return first;
  }

  /** Rows in the group that this one is the first of. */
  size(first: number): number {
    return this.sizes[first] as number;
  }

  /**
   * @param first  number of the first row of the group, or -1 for a group of its own
   * @returns      the number of the row; that of its group when no more rows are remembered
   */
  add(row: KinRow, sign: Int32Array, first: number): number {
    if (this.full) return first;
    const at = this.next++;
    if (at === this.lines.length) this.grow();
    this.lines[at] = row.line;
    this.highs[at] = row.hash.high;
    this.lows[at] = row.hash.low;
    this.signs.set(sign, at * SIGN_WORDS);
    this.lengths[at] = Math.min(0xffff, row.count);
    const group = first < 0 ? at : first;
    this.groups[at] = group;
    this.sizes[group] = (this.sizes[group] as number) + 1;
    return at;
  }

  private grow(): void {
    const size = Math.min(MAX_ROWS, Math.ceil(this.lines.length * 1.5));
    this.lines = copy(this.lines, new Int32Array(size));
    this.highs = copy(this.highs, new Int32Array(size));
    this.lows = copy(this.lows, new Int32Array(size));
    this.signs = copy(this.signs, new Int32Array(size * SIGN_WORDS));
    this.lengths = copy(this.lengths, new Uint16Array(size));
    this.groups = copy(this.groups, new Int32Array(size));
    this.sizes = copy(this.sizes, new Int32Array(size));
  }
}

function copy<T extends Int32Array | Uint16Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
