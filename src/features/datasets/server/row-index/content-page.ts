import type { ContentHash } from '../import/o200k/engine';

/** The page of a segment that has the contents of its rows. */
export const CONTENTS = -2;
const ROW_BYTES = 9;
/** At most: blocks of a segment (assembly/rows/index-words.ts) times rows of a block. */
const SEGMENT_ROWS = 1024 * 16;

/** Notes what each row of a segment is: content hash and side of the split, in the order of the rows. */
export class ContentWriter {
  private readonly lows = new Int32Array(SEGMENT_ROWS);
  private readonly highs = new Int32Array(SEGMENT_ROWS);
  private readonly splits = new Uint8Array(SEGMENT_ROWS);
  private rows = 0;

  add({ low, high }: ContentHash, split: number): void {
    this.lows[this.rows] = low;
    this.highs[this.rows] = high;
    this.splits[this.rows] = split;
    this.rows++;
  }

  /** The page of all rows since the last call. */
  take(): Uint8Array {
    const page = new Uint8Array(this.rows * ROW_BYTES);
    const numbers = new Int32Array(page.buffer, 0, this.rows * 2);
    numbers.set(this.lows.subarray(0, this.rows));
    numbers.set(this.highs.subarray(0, this.rows), this.rows);
    page.set(this.splits.subarray(0, this.rows), this.rows * 8);
    this.rows = 0;
    return page;
  }
}

/** The rows of a file, by their number in it. */
export class Contents {
  readonly size: number;
  readonly lows: Int32Array;
  readonly highs: Int32Array;
  readonly splits: Uint8Array;
  /** Number of the first row of each segment; the number of rows follows. */
  readonly starts: readonly number[];

  /** @param pages  of all segments, in their order */
  constructor(pages: readonly Uint8Array[]) {
    const starts = [0];
    for (const page of pages) starts.push((starts.at(-1) ?? 0) + page.length / ROW_BYTES);
    this.starts = starts;
    this.size = starts.at(-1) ?? 0;
    this.lows = new Int32Array(this.size);
    this.highs = new Int32Array(this.size);
    this.splits = new Uint8Array(this.size);
    pages.forEach((page, i) => {
      const rows = page.length / ROW_BYTES;
      // A copy: numbers of four bytes must lie at a multiple of four.
      const { buffer } = new Uint8Array(page);
      this.lows.set(new Int32Array(buffer, 0, rows), starts[i]);
      this.highs.set(new Int32Array(buffer, rows * 4, rows), starts[i]);
      this.splits.set(new Uint8Array(buffer, rows * 8, rows), starts[i]);
    });
  }
}
