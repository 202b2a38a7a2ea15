import { NumberReader } from './leb128';

const HASH_BITS = 20;

/** Rows of one stretch of a file, by their places in it; both ends included. */
export interface Stretch {
  from: number;
  to: number;
}

/** Where the blocks of one segment are. */
export interface Directory {
  bits: number;
  blocks: Stretch[];
  /** First line of each block, and the last line of all. */
  lines: number[];
}

export function readDirectory(bytes: Uint8Array): Directory {
  const reader = new NumberReader(bytes);
  const bits = reader.next();
  const count = reader.next();
  const ordinals = readSteps(reader, count);
  const lastOrdinal = reader.next();
  const lines = readSteps(reader, count);
  lines.push(reader.next());
  return { bits, lines, blocks: ordinals.map((from, i) => ({ from, to: (ordinals[i + 1] ?? lastOrdinal + 1) - 1 })) };
}

/** Where a segment begins. */
export function firstPlace(bytes: Uint8Array): number {
  const reader = new NumberReader(bytes);
  reader.next();
  reader.next();
  return reader.next();
}

function readSteps(reader: NumberReader, count: number): number[] {
  let sum = 0;
  return Array.from({ length: count }, () => {
    sum += reader.next();
    return sum;
  });
}

/** The page of a segment that has this word, if any has. */
export const pageOf = (hash: number, bits: number): number => hash >>> (HASH_BITS - bits);

/** Calls `onBlock` for each block of the segment that has the word. */
export function readBlocks(page: Uint8Array, hash: number, bits: number, onBlock: (block: number) => void): void {
  const reader = new NumberReader(page);
  let word = pageOf(hash, bits) << (HASH_BITS - bits);
  while (!reader.done) {
    word += reader.next();
    const count = reader.next();
    let block = 0;
    for (let i = 0; i < count; i++) {
      block += reader.next();
      if (word === hash) onBlock(block);
    }
    if (word >= hash) return;
  }
}
