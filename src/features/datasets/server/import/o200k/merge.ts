import type { PieceEncoder } from './piece-encoder';
import { NO_RANK } from './vocabulary';

/** Longer pieces go through a heap: the plain search below is quadratic. */
const LONG_PIECE = 200;
const starts = new Int32Array(LONG_PIECE + 1);
const ranks = new Int32Array(LONG_PIECE + 1);

/** Number of tokens in the loaded piece: merges the pair of lowest rank (leftmost first) until none is a token. */
export function countMerged(piece: PieceEncoder): number {
  const { length } = piece;
  if (length === 1 || piece.rank(0, length) !== NO_RANK) return 1;
  return length > LONG_PIECE ? countByHeap(piece) : countByScan(piece);
}

function countByScan(piece: PieceEncoder): number {
  const { bytes, length, vocabulary } = piece;
  let parts = length;
  for (let i = 0; i <= length; i++) starts[i] = i;
  for (let i = 0; i < length - 1; i++)
    ranks[i] = vocabulary.pairs[((bytes[i] as number) << 8) | (bytes[i + 1] as number)] as number;
  for (;;) {
    let best = NO_RANK;
    let at = -1;
    for (let i = 0; i < parts - 1; i++) {
      const rank = ranks[i] as number;
      if (rank < best) {
        best = rank;
        at = i;
      }
    }
    if (at < 0) return parts;
    parts--;
    starts.copyWithin(at + 1, at + 2, parts + 2);
    ranks.copyWithin(at + 1, at + 2, parts + 1);
    if (at + 1 < parts) ranks[at] = piece.rank(starts[at] as number, starts[at + 2] as number);
    if (at > 0) ranks[at - 1] = piece.rank(starts[at - 1] as number, starts[at + 1] as number);
  }
}

/** Ranks are below 2^18 and positions below 2^30: both fit one exact double, which orders by rank, then position. */
const POSITIONS = 2 ** 30;

/** O(n log n): a linked list of parts and a heap of candidate merges; outdated candidates are dropped when they surface. */
function countByHeap(piece: PieceEncoder): number {
  const { length } = piece;
  const next = Int32Array.from({ length: length + 1 }, (_, i) => i + 1);
  const previous = Int32Array.from({ length: length + 1 }, (_, i) => i - 1);
  const pairRank = new Int32Array(length + 1).fill(NO_RANK);
  const heap = new MinHeap();
  const consider = (at: number) => {
    const second = next[at] as number;
    const rank = second < length ? piece.rank(at, next[second] as number) : NO_RANK;
    pairRank[at] = rank;
    if (rank !== NO_RANK) heap.push(rank * POSITIONS + at);
  };
  for (let i = 0; i < length - 1; i++) consider(i);
  let parts = length;
  for (let key = heap.pop(); key !== undefined; key = heap.pop()) {
    const at = key % POSITIONS;
    if (pairRank[at] !== (key - at) / POSITIONS) continue;
    const merged = next[at] as number;
    const after = next[merged] as number;
    next[at] = after;
    if (after < length) previous[after] = at;
    pairRank[merged] = -1;
    parts--;
    consider(at);
    if ((previous[at] as number) >= 0) consider(previous[at] as number);
  }
  return parts;
}

class MinHeap {
  private readonly keys: number[] = [];

  push(key: number): void {
    const { keys } = this;
    let at = keys.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((keys[parent] as number) <= key) break;
      keys[at] = keys[parent] as number;
      at = parent;
    }
    keys[at] = key;
  }

  pop(): number | undefined {
    const { keys } = this;
    const top = keys[0];
    const key = keys.pop();
    if (key === undefined || keys.length === 0) return top;
    let at = 0;
    for (let child = 1; child < keys.length; child = 2 * at + 1) {
      if (child + 1 < keys.length && (keys[child + 1] as number) < (keys[child] as number)) child++;
      if ((keys[child] as number) >= key) break;
      keys[at] = keys[child] as number;
      at = child;
    }
    keys[at] = key;
    return top;
  }
}
