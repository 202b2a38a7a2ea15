import type { Contents } from '../row-index/content-page';

/** Rows that are compared before others have their turn: less than a millisecond. */
const PIECE = 65_536;
/** Rows that came in or were left out are looked for so far ahead, and with so many comparisons in all. */
const AHEAD = 1000;
const MOST_SEARCHED = 4_000_000;

/** Numbers of rows of either file. */
export interface Rest {
  lower: Int32Array;
  higher: Int32Array;
}

/**
 * Passes over rows that stand in the same order in both files, as nearly all do when a file comes again. Each row that it
 * leaves out has gone against an equal one of the other file, so whatever is counted of the rest comes to the same.
 */
export async function cancelRows(lower: Contents, higher: Contents, pause: () => Promise<unknown>): Promise<Rest> {
  const isSame = (i: number, j: number): boolean =>
    i < lower.size &&
    j < higher.size &&
    lower.lows[i] === higher.lows[j] &&
    lower.highs[i] === higher.highs[j] &&
    lower.splits[i] === higher.splits[j];
  const rest = { lower: new RowList(lower.size), higher: new RowList(higher.size) };
  let searched = 0;
  let i = 0;
  let j = 0;
  for (let turn = 1; i < lower.size && j < higher.size; turn++) {
    if (turn % PIECE === 0) await pause();
    if (isSame(i, j)) {
      i++;
      j++;
      continue;
    }
    // A row that was changed has its neighbour beside it.
    let ahead = 1;
    if (searched < MOST_SEARCHED && !isSame(i + 1, j + 1)) {
      while (ahead < AHEAD && !isSame(i + ahead, j) && !isSame(i, j + ahead)) ahead++;
      searched += ahead;
    }
    if (isSame(i, j + ahead)) j = rest.higher.add(j, j + ahead);
    else if (isSame(i + ahead, j)) i = rest.lower.add(i, i + ahead);
    else {
      i = rest.lower.add(i, i + 1);
      j = rest.higher.add(j, j + 1);
    }
  }
  rest.lower.add(i, lower.size);
  rest.higher.add(j, higher.size);
  return { lower: rest.lower.rows, higher: rest.higher.rows };
}

class RowList {
  private readonly list: Int32Array;
  private length = 0;

  constructor(most: number) {
    this.list = new Int32Array(most);
  }

  get rows(): Int32Array {
    return this.list.subarray(0, this.length);
  }

  /** @returns `to`, which is not part of it */
  add(from: number, to: number): number {
    for (let row = from; row < to; row++) this.list[this.length++] = row;
    return to;
  }
}
