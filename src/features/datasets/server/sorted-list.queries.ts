import { decodeCursor, type Page, toPage, unknownCursor } from '@/lib/keyset';
import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import type { ExampleFilter } from '../change.schema';
import type { ExampleListInput, ExampleSummary } from '../dataset.schema';
import { isByScore, type ValueSort } from '../example-sort.rules';
import { inVersion, matching, named } from './example-filter';
import { type ListedRow, listedColumns, matchingRows, type RowKey } from './example-list.queries';
import { toExampleSummary } from './example-text';
import { aggregates } from './import/tally';
import { directoriesOf, type VersionKey } from './row-index/row-index.queries';
import { groupsFrom, type Level, levelsOf, levelsWithin, signOf, within } from './sort-levels.rules';

/** What a sort compares, so that the smallest comes first. Rows from before there was a score count as 0. */
const keys: Record<ValueSort, Prisma.Sql> = {
  worst: Prisma.sql`coalesce(e.score, 0)::int`,
  best: Prisma.sql`-coalesce(e.score, 0)::int`,
  longest: Prisma.sql`-e.tokens`,
  shortest: Prisma.sql`e.tokens`,
};
const valueIn = (row: ListedRow, sort: ValueSort): number => (isByScore(sort) ? (row.score ?? 0) : row.tokens);

/** So many pages of rows are sorted together at first. */
const FIRST_PAGES = 4;

/** Where a list goes on: behind the row with this value and place. */
interface SortedKey extends RowKey {
  value: number;
}

/** A row by what the sort compares, and its place. */
interface KeyRow {
  key: number;
  ordinal: bigint;
  id: string;
}

/**
 * Examples by score or length. A version with an index is walked from one value to the next: how many rows have which is
 * known, and the index finds them. One without is sorted, which takes a second or so for a million rows.
 * @throws invalid_input `input.unknown_cursor` for one of another order
 */
export async function listSorted(
  version: VersionKey,
  { sort, cursor, limit, ...filter }: ExampleListInput & { sort: ValueSort },
): Promise<Page<ExampleSummary>> {
  const after = keyOf(cursor, sort);
  const levels = await knownLevels(version, sort);
  const rows = levels
    ? await walk(version, filter, { sort, levels: levelsWithin(levels, filter, sort), after, wanted: limit + 1 })
    : await sortAll(version, filter, { sort, after, wanted: limit + 1 });
  const page = toPage(rows, limit, (row) => [sort, valueIn(row, sort), row.ordinal, row.id]);
  return { ...page, items: page.items.map(toExampleSummary) };
}

/** A cursor says its order too: the values of one mean nothing in another. */
function keyOf(cursor: string | null | undefined, sort: ValueSort): SortedKey | null {
  const parts = decodeCursor(cursor);
  if (!parts) return null;
  const [order, value, ordinal, id] = parts;
  if (order !== sort || !ordinal || !id || !Number.isInteger(Number(value))) throw unknownCursor();
  return { value: Number(value), ordinal, id };
}

/** The values that rows of the version have, in order; null where rows cannot be found by them. */
async function knownLevels(version: VersionKey, sort: ValueSort): Promise<Level[] | null> {
  const [file, known] = await Promise.all([
    directoriesOf(version),
    database().datasetVersion.findFirst({
      where: { datasetId: version.datasetId, number: version.number },
      select: { aggregates: true },
    }),
  ]);
  const sums = aggregates.safeParse(known?.aggregates);
  return file && sums.success ? levelsOf(sums.data, sort) : null;
}

interface Wanted {
  sort: ValueSort;
  after: SortedKey | null;
  wanted: number;
}

async function walk(
  version: VersionKey,
  filter: ExampleFilter,
  { sort, levels, after, wanted }: Wanted & { levels: readonly Level[] },
): Promise<ListedRow[]> {
  const found: ListedRow[] = [];
  for (const { from, to, rows: most } of groupsFrom(levels, sort, {
    value: after?.value ?? null,
    rows: wanted * FIRST_PAGES,
  })) {
    const narrowed = { ...filter, ...within(sort, { from, to }) };
    const left = wanted - found.length;
    const rows =
      from === to
        ? await matchingRows(version, narrowed, { after: after?.value === from ? after : null, limit: left })
        : await firstOf(version, narrowed, { sort, after, most, wanted: left });
    for (const row of rows) found.push(row);
    if (found.length >= wanted) break;
  }
  return found;
}

/** The first rows of several values: their keys are sorted here, and only what is wanted is fetched. */
async function firstOf(
  version: VersionKey,
  filter: ExampleFilter,
  { sort, after, most, wanted }: Wanted & { most: number },
): Promise<ListedRow[]> {
  const columns = Prisma.sql`e.ordinal, e.id, ${keys[sort]} AS key`;
  const all = await matchingRows<KeyRow>(version, filter, { after: null, limit: most, columns });
  // They come in file order, and rows of one value stay in it.
  const sorted = all.filter((row) => isBehind(row, after, sort)).sort((a, b) => a.key - b.key);
  const ids = sorted.slice(0, wanted).map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = await database().$queryRaw<ListedRow[]>`
    SELECT ${listedColumns} FROM training_examples e WHERE e.dataset_id = ${version.datasetId}::uuid AND ${named(ids)}`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Rows of other values than the last one were not given out before: a group begins with its value. */
function isBehind(row: KeyRow, after: SortedKey | null, sort: ValueSort): boolean {
  if (after === null || row.key !== signOf(sort) * after.value) return true;
  const place = BigInt(after.ordinal);
  return row.ordinal > place || (row.ordinal === place && row.id > after.id);
}

async function sortAll(version: VersionKey, filter: ExampleFilter, { sort, after, wanted }: Wanted) {
  const key = keys[sort];
  const where = [
    inVersion(version),
    ...matching(filter),
    ...(after
      ? [
          Prisma.sql`(${key}, e.ordinal, e.id) > (${signOf(sort) * after.value}, ${BigInt(after.ordinal)}, ${after.id}::uuid)`,
        ]
      : []),
  ];
  return database().$queryRaw<ListedRow[]>`
    SELECT ${listedColumns} FROM training_examples e WHERE ${Prisma.join(where, ' AND ')}
    ORDER BY ${key}, e.ordinal, e.id LIMIT ${wanted}`;
}
