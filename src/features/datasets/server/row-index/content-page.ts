/** The page of a segment that has the contents of its rows: content hashes, the lower halves and then the upper ones, then sides of the split. */
export const CONTENTS = -2;
const ROW_BYTES = 9;

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
