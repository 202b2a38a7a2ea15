import type { ContentHash } from '../import/o200k/engine';
import type { Contents } from '../row-index/content-page';
import { type BlockRows, type Stretch, setRow } from '../row-index/index-lookup';
import { BLOCK_ROWS } from '../row-index/index-writer';
import { cancelRows } from './cancel-rows';
import { ContentCounts } from './content-counts';
import type { LooseRow } from './pair-rows';

/** A version as the index over its file has it, and what changes have made of that since. */
export interface IndexedVersion {
  contents: Contents;
  /** Rows of the file that the version no longer has. */
  gone: readonly LooseRow[];
  /** Rows that it has besides. */
  come: readonly LooseRow[];
}

/** A content, and how many more rows of it there are on one side. */
type Excess = readonly [low: number, high: number, split: number, rows: number];

/** What one version has more of than the other. */
export interface Surplus {
  excess: Excess[];
  /** Rows in all. */
  total: number;
}

/** Rows of which each piece takes a few milliseconds. */
const PIECE = 16_384;

/** Lets others have their turn: called between pieces of work of a few milliseconds. */
type Pause = () => Promise<unknown>;

const halves = (hash: bigint): ContentHash => ({
  high: Number(BigInt.asIntN(32, hash >> 32n)),
  low: Number(BigInt.asIntN(32, hash)),
});

/**
 * What the lower version has more of, and the higher one.
 *
 * @returns null when that is more than `limit` rows of one of them
 */
export async function surplusOf(
  lower: IndexedVersion,
  higher: IndexedVersion,
  limit: number,
  pause: Pause,
): Promise<{ lower: Surplus; higher: Surplus } | null> {
  const rest = await cancelRows(lower.contents, higher.contents, pause);
  const changes = [lower.come, lower.gone, higher.come, higher.gone];
  const counts = new ContentCounts(rest.lower.length + changes.flat().length + limit + 1);
  const addChanges = (changed: readonly LooseRow[], more: number) => {
    for (const { hash, split } of changed) {
      const { low, high } = halves(hash);
      counts.add(low, high, split, more);
    }
  };
  const addRow = ({ lows, highs, splits }: Contents, row: number, more: number) =>
    counts.add(lows[row] as number, highs[row] as number, splits[row] as number, more);
  addChanges(lower.come, 1);
  addChanges(lower.gone, -1);
  for (let i = 0; i < rest.lower.length; i++) {
    if (i % PIECE === 0) await pause();
    addRow(lower.contents, rest.lower[i] as number, 1);
  }
  addChanges(higher.gone, 1);
  addChanges(higher.come, -1);
  let spare = limit;
  for (let i = 0; i < rest.higher.length; i++) {
    if (i % PIECE === 0) await pause();
    if (addRow(higher.contents, rest.higher[i] as number, -1) <= 0) spare--;
    if (spare < 0) return null;
  }
  const found = { lower: emptySurplus(), higher: emptySurplus() };
  counts.each((low, high, split, count) => {
    const side = count > 0 ? found.lower : found.higher;
    side.excess.push([low, high, split, Math.abs(count)]);
    side.total += Math.abs(count);
  });
  return Math.max(found.lower.total, found.higher.total) > limit ? null : found;
}

const emptySurplus = (): Surplus => ({ excess: [], total: 0 });

/**
 * Rows of the file that may be among the surplus of its version: of each content the last ones, as many as there are more and
 * as have gone since.
 *
 * @param blocksOf  where the blocks of a segment are
 */
export async function mayBeLoose(
  { contents, gone }: IndexedVersion,
  surplus: Surplus,
  blocksOf: (segment: number) => Stretch[],
  pause: Pause,
): Promise<BlockRows[]> {
  const wanted = countsOf(surplus);
  let left = surplus.total;
  for (const { hash, split } of gone) {
    const { low, high } = halves(hash);
    if (wanted.of(low, high, split) === 0) continue;
    wanted.add(low, high, split, 1);
    left++;
  }
  const found: BlockRows[][] = [];
  for (let segment = contents.starts.length - 2; segment >= 0 && left > 0; segment--) {
    const { masks, rows } = lastRows(contents, segment, wanted);
    left -= rows;
    if (rows > 0) found.push(blocksOf(segment).flatMap((block, i) => (masks[i] ? { ...block, rows: masks[i] } : [])));
    await pause();
  }
  return found.reverse().flat();
}

/** Takes rows that are wanted from the end of a segment on. @returns a bit for each, block by block */
function lastRows({ starts, lows, highs, splits }: Contents, segment: number, wanted: ContentCounts) {
  const from = starts[segment] as number;
  const to = starts[segment + 1] as number;
  const masks = new Uint16Array(Math.ceil((to - from) / BLOCK_ROWS));
  let rows = 0;
  for (let row = to - 1; row >= from; row--) {
    const low = lows[row] as number;
    const high = highs[row] as number;
    const split = splits[row] as number;
    if (wanted.of(low, high, split) <= 0) continue;
    wanted.add(low, high, split, -1);
    setRow(masks, row - from);
    rows++;
  }
  return { masks, rows };
}

/** Of some rows of a version those that make its surplus: of each content the last, as many as there are more. In file order. */
export function looseOf(rows: readonly LooseRow[], surplus: Surplus): LooseRow[] {
  const wanted = countsOf(surplus);
  const ordered = rows.toSorted((a, b) => a.ordinal - b.ordinal || (a.id < b.id ? -1 : 1));
  const loose = ordered.reverse().filter(({ hash, split }) => {
    const { low, high } = halves(hash);
    if (wanted.of(low, high, split) <= 0) return false;
    wanted.add(low, high, split, -1);
    return true;
  });
  return loose.reverse();
}

function countsOf({ excess }: Surplus): ContentCounts {
  const counts = new ContentCounts(excess.length);
  for (const [low, high, split, rows] of excess) counts.add(low, high, split, rows);
  return counts;
}
