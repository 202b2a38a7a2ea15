import type { ContentHash } from '../content-hash';
import { likeness, SIGN_WORDS } from './min-hash';
import type { KinRow } from './near-index';

/** Past this many rows new ones are looked up but no longer remembered: memory must not grow with the file. */
const MAX_ROWS = 1_200_000;
/** Rows of a block: growing by blocks copies nothing. */
const BLOCK_BITS = 14;
const IN_BLOCK = (1 << BLOCK_BITS) - 1;
/** The number of a row, from 1 on, takes no more bits than this. */
const ROW_BITS = 21;
const ROW_MASK = (1 << ROW_BITS) - 1;

/*
 * Entries of tables that lead to rows: the number of a row, from 1 on so that 0 is an empty place, and above it the upper
 * bits of a hash. Most entries at a place are other hashes', and a look at their rows would cost more than all the rest.
 */

export const entryOf = (row: number, hash: number): number => ((hash >>> ROW_BITS) << ROW_BITS) | (row + 1);

export const rowOf = (entry: number): number => (entry & ROW_MASK) - 1;

/** Whether an entry that is not empty may be of this hash. */
export const isMarked = (entry: number, hash: number): boolean => entry >>> ROW_BITS === hash >>> ROW_BITS;

/** Places of the numbers of a row, side by side: a look at a row is a look at one place in memory. */
const [LINE, CONTENT, QUESTION, WORDS, GROUP, SIZE, SIGN] = [0, 1, 3, 5, 6, 7, 8] as const;
const FIELDS = SIGN + SIGN_WORDS;
/** The two hashes of a row: the upper word first, then the lower one. */
export const HASH = { content: CONTENT, question: QUESTION } as const;
export type HashField = (typeof HASH)[keyof typeof HASH];

/** What is remembered of each row, by its number: 48 bytes a row. */
export class RowLog {
  next = 0;
  private readonly blocks: Int32Array[] = [];

  get full(): boolean {
    return this.next >= MAX_ROWS;
  }

  line(row: number): number {
    return this.get(row, LINE);
  }

  hash(row: number, field: HashField = HASH.content): ContentHash {
    return { high: this.get(row, field), low: this.get(row, field + 1) };
  }

  has(row: number, field: HashField, high: number, low: number): boolean {
    return this.get(row, field + 1) === low && this.get(row, field) === high;
  }

  words(row: number): number {
    return this.get(row, WORDS);
  }

  /** How alike a row is to one with this signature, 0 to 1. */
  likeness(row: number, sign: Int32Array): number {
    return likeness(sign, this.blockOf(row), (row & IN_BLOCK) * FIELDS + SIGN);
  }

  /** The first row of the group that the row is in. */
  group(row: number): number {
    let first = row;
    for (let next = this.get(first, GROUP); next !== first; next = this.get(first, GROUP)) first = next;
    return first;
  }

  /** Two groups become one. @returns its first row */
  merge(a: number, b: number): number {
    const [first, later] = a < b ? [a, b] : [b, a];
    this.set(later, GROUP, first);
    this.set(first, SIZE, this.size(first) + this.size(later));
    return first;
  }

  /** Rows in the group that this one is the first of. */
  size(first: number): number {
    return this.get(first, SIZE);
  }

  /**
   * @param first  number of the first row of the group, or -1 for a group of its own
   * @returns      the number of the row; that of its group when no more rows are remembered
   */
  add(row: KinRow, sign: Int32Array, first: number): number {
    if (this.full) return first;
    const number = this.next++;
    if ((number & IN_BLOCK) === 0) this.blocks.push(new Int32Array(FIELDS << BLOCK_BITS));
    const block = this.blockOf(number);
    const at = (number & IN_BLOCK) * FIELDS;
    const group = first < 0 ? number : first;
    block[at + LINE] = row.line;
    block[at + CONTENT] = row.hash.high;
    block[at + CONTENT + 1] = row.hash.low;
    block[at + QUESTION] = row.question.high;
    block[at + QUESTION + 1] = row.question.low;
    block[at + WORDS] = row.count;
    block[at + GROUP] = group;
    for (let i = 0; i < SIGN_WORDS; i++) block[at + SIGN + i] = sign[i] as number;
    this.set(group, SIZE, this.size(group) + 1);
    return number;
  }

  private blockOf(row: number): Int32Array {
    return this.blocks[row >>> BLOCK_BITS] as Int32Array;
  }

  private get(row: number, field: number): number {
    return this.blockOf(row)[(row & IN_BLOCK) * FIELDS + field] as number;
  }

  private set(row: number, field: number, value: number): void {
    this.blockOf(row)[(row & IN_BLOCK) * FIELDS + field] = value;
  }
}
