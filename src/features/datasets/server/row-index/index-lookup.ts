import { BitReader } from './bit-reader';
import { BLOCK_ROWS } from './index-writer';
import { NumberReader } from './leb128';

const HASH_BITS = 20;
/** Lower bits of the distances between hashes: see assembly/rows/index-pages.ts. */
const HASH_STEP = 4;
const MANY_ROWS = 64;
export const ALL_ROWS = 2 ** BLOCK_ROWS - 1;

/** Rows of one stretch of a file, by their places in it; both ends included. */
export interface Stretch {
  from: number;
  to: number;
}

/** Some rows of a block. */
export interface BlockRows extends Stretch {
  /** A bit for each row, the first one's the lowest, in the order of their places. */
  rows: number;
}

/** Where the blocks of one segment are; read only as far as somebody asks, because most segments have no hit. */
export class Directory {
  readonly bits: number;
  /** Number of blocks. */
  readonly size: number;
  /** Place at which the segment begins. */
  readonly start: number;
  private readonly reader: NumberReader;
  /** Where in the bytes the blocks begin. */
  private readonly blocksAt: number;

  constructor(bytes: Uint8Array) {
    this.reader = new NumberReader(bytes);
    this.bits = this.reader.next();
    this.size = this.reader.next();
    this.blocksAt = this.reader.at;
    this.start = this.reader.next();
  }

  /** Where each block is, and the line it begins on; the last line follows. */
  read(): { blocks: Stretch[]; lines: number[] } {
    const { reader, size } = this;
    reader.at = this.blocksAt;
    const ordinals = readSteps(reader, size);
    const lastOrdinal = reader.next();
    const lines = readSteps(reader, size);
    lines.push(reader.next());
    return { lines, blocks: ordinals.map((from, i) => ({ from, to: (ordinals[i + 1] ?? lastOrdinal + 1) - 1 })) };
  }
}

function readSteps(reader: NumberReader, count: number): number[] {
  let sum = 0;
  return Array.from({ length: count }, () => {
    sum += reader.next();
    return sum;
  });
}

/** Sets the bit of a row, by its number in the segment. */
export function setRow(blocks: Uint16Array, row: number): void {
  const block = Math.trunc(row / BLOCK_ROWS);
  blocks[block] = (blocks[block] ?? 0) | (1 << (row % BLOCK_ROWS));
}

/** The page of a segment that has this word, if any has. */
export const pageOf = (hash: number, bits: number): number => hash >>> (HASH_BITS - bits);

/** The pages of some words, each with those that are on it, ascending. */
export function pagesOf(hashes: readonly number[], bits: number): Map<number, number[]> {
  const pages = new Map<number, number[]>();
  for (const hash of hashes.toSorted((a, b) => a - b)) {
    const page = pageOf(hash, bits);
    const list = pages.get(page);
    if (list) list.push(hash);
    else pages.set(page, [hash]);
  }
  return pages;
}

/**
 * Sets a bit in `blocks` for each row of the segment that has one of the words.
 *
 * @param hashes  of words on this page, ascending
 */
export function readRows(page: Uint8Array, hashes: readonly number[], bits: number, blocks: Uint16Array): void {
  const reader = new BitReader(page);
  let word = pageOf(hashes[0] ?? 0, bits) << (HASH_BITS - bits);
  let next = 0;
  while (next < hashes.length && !reader.done) {
    word += reader.number(HASH_STEP);
    while (next < hashes.length && (hashes[next] as number) < word) next++;
    const isWanted = hashes[next] === word;
    const count = reader.number(0) + 1;
    const size = count < MANY_ROWS ? 0 : reader.size();
    if (!isWanted && size > 0) {
      reader.skip(size);
      continue;
    }
    const lower = lowerBits(count, blocks.length);
    let row = -1;
    for (let i = 0; i < count; i++) {
      row += reader.rice(lower) + 1;
      if (isWanted) setRow(blocks, row);
    }
    if (size > 0) reader.align();
  }
}

/** Of the distances between so many rows: see assembly/rows/index-pages.ts. */
const lowerBits = (count: number, blocks: number): number =>
  31 - Math.clz32(Math.trunc(((blocks * BLOCK_ROWS * 11) >>> 4) / count) | 1);
