import { database } from '@/platform/db/database';
import { inVersion } from './example-filter';
import { BLOCK_ROWS } from './row-index/index-writer';
import { directoriesOf, type VersionKey } from './row-index/row-index.queries';

/** A place in the file that is not behind the row, and how many rows of the version stand between them. */
export interface RowPlace {
  ordinal: bigint;
  skip: number;
}

/** So many rows are passed over faster than anything is looked up. */
const NEAR = 2000;
/** Changed rows that are taken into account one by one. */
const MOST_CHANGES = 20_000;
const STEP = 1000;
/** A version never changes, and a million rows have a thousand marks. */
const KEPT_MARKS = 20;
const marks = new Map<string, Promise<Mark[]>>();

/** `rank` rows of the version come before this place. */
interface Mark {
  rank: number;
  ordinal: bigint;
}

export interface PlacedVersion extends VersionKey {
  id: string;
  /** Another attempt of an import may have other rows. */
  attempt: number;
}

/**
 * Where the row of an index stands, in the order (ordinal, id): so that a list can be entered anywhere. The index over the
 * rows of a file knows every sixteenth of them; rows that changes added or took away since are counted. Where there is no
 * such index, or much was changed, all rows are gone through once.
 */
export async function placeOfRow(version: PlacedVersion, index: number): Promise<RowPlace> {
  if (index < NEAR) return { ordinal: 0n, skip: index };
  const mark = (await byIndex(version, index)) ?? lastAtMost(await marksOf(version), index);
  return mark ? { ordinal: mark.ordinal, skip: index - mark.rank } : { ordinal: 0n, skip: index };
}

async function byIndex(version: PlacedVersion, index: number): Promise<Mark | null> {
  const file = await directoriesOf(version);
  if (!file) return null;
  const { base, directories } = file;
  const blocks = directories.flatMap((directory) => directory.read().blocks.map(({ from }) => from));
  const { datasetId, number } = version;
  const changes = base === number ? { gone: [], come: [] } : await changesSince(datasetId, base, number);
  if (!changes) return null;
  const rankOf = (block: number): number => {
    const from = blocks[block] ?? 0;
    return block * BLOCK_ROWS - countBelow(changes.gone, from) + countBelow(changes.come, from);
  };
  const block = lastWhere(blocks.length, (one) => rankOf(one) <= index);
  return block < 0 ? null : { rank: rankOf(block), ordinal: BigInt(blocks[block] ?? 0) };
}

/** Places of the rows that went since the file was read, and of those that came; null when they are too many. */
async function changesSince(datasetId: string, base: number, number: number) {
  const rows = await database().$queryRaw<{ ordinal: bigint; come: boolean }[]>`
    SELECT ordinal, false AS come FROM training_examples
    WHERE dataset_id = ${datasetId}::uuid AND from_version = ${base} AND to_version IS NOT NULL AND to_version <= ${number}
    UNION ALL
    SELECT ordinal, true FROM training_examples
    WHERE dataset_id = ${datasetId}::uuid AND from_version > ${base} AND from_version > 1 AND from_version <= ${number}
      AND (to_version IS NULL OR to_version > ${number})
    LIMIT ${MOST_CHANGES + 1}`;
  if (rows.length > MOST_CHANGES) return null;
  const places = (come: boolean) =>
    rows
      .filter((row) => row.come === come)
      .map(({ ordinal }) => Number(ordinal))
      .sort((a, b) => a - b);
  return { gone: places(false), come: places(true) };
}

function marksOf(version: PlacedVersion): Promise<Mark[]> {
  const key = `${version.id} ${version.attempt}`;
  const known = marks.get(key);
  if (known !== undefined) return known;
  const found = readMarks(version);
  marks.set(key, found);
  found.catch(() => marks.delete(key));
  for (const oldest of marks.keys()) {
    if (marks.size <= KEPT_MARKS) break;
    marks.delete(oldest);
  }
  return found;
}

async function readMarks(version: VersionKey): Promise<Mark[]> {
  // rank(), because rows of one place are counted together: none of them comes before the place.
  const rows = await database().$queryRaw<{ ordinal: bigint; before: bigint }[]>`
    SELECT ordinal, before FROM (
      SELECT e.ordinal, rank() OVER (ORDER BY e.ordinal) - 1 AS before, row_number() OVER (ORDER BY e.ordinal) AS place
      FROM training_examples e WHERE ${inVersion(version)}) r
    WHERE place % ${STEP} = 1 ORDER BY place`;
  return rows.map(({ ordinal, before }) => ({ ordinal, rank: Number(before) }));
}

function lastAtMost(all: readonly Mark[], index: number): Mark | undefined {
  return all[lastWhere(all.length, (one) => (all[one]?.rank ?? 0) <= index)];
}

const countBelow = (sorted: readonly number[], bound: number): number =>
  lastWhere(sorted.length, (one) => (sorted[one] ?? 0) < bound) + 1;

/** The last of `count` for which a test holds that holds for all before it too; -1 for none. */
function lastWhere(count: number, holds: (one: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
