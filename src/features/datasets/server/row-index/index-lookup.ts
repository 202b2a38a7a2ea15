import { NumberReader } from './leb128';

const HASH_BITS = 20;

/** Rows of one stretch of a file, by their places in it; both ends included. */
export interface Stretch {
  from: number;
  to: number;
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
