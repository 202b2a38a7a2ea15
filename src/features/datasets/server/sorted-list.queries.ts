import { decodeCursor, type Page, toPage } from '@/lib/keyset';
import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import type { ExampleFilter } from '../change.schema';
import type { ExampleListInput, ExampleSummary } from '../dataset.schema';
import { inVersion, matching } from './example-filter';
import { type ListedRow, listedColumns, matchingRows, type RowKey } from './example-list.queries';
import { toExampleSummary } from './example-text';
import { aggregates } from './import/tally';
import { directoriesOf, type VersionKey } from './row-index/row-index.queries';
import { groupsFrom, type Level, levelsOf, signOf, type ValueSort, within } from './sort-levels.rules';

/** Pages whose rows are fetched and sorted together at first. */
const FIRST_PAGES = 3;

/** What a sort compares, so that the smallest comes first. */
const keys: Record<ValueSort, Prisma.Sql> = {
  worst: Prisma.sql`coalesce(e.score, 0)::int`,
  best: Prisma.sql`-coalesce(e.score, 0)::int`,
  longest: Prisma.sql`-e.tokens`,
  shortest: Prisma.sql`e.tokens`,
};
const valueIn = (row: ListedRow, sort: ValueSort): number =>
  sort === 'worst' || sort === 'best' ? (row.score ?? 0) : row.tokens;

/** Where a list goes on: behind the row with this value and place. */
interface SortedKey extends RowKey {
  value: number;
}

/**
 * Examples by score or length. A version with an index is walked from one value to the next: how many rows have which is
 * known, and the index finds them. One without is sorted, which takes a second or so for a million rows.
 */
export async function listSorted(
  version: VersionKey,
  { sort, cursor, limit, ...filter }: ExampleListInput & { sort: ValueSort },
): Promise<Page<ExampleSummary>> {
  const [value, ordinal, id] = decodeCursor(cursor) ?? [];
  const after = value !== undefined && ordinal && id ? { value: Number(value), ordinal, id } : null;
  const levels = await knownLevels(version, sort);
  const rows = levels
    ? await walk(version, filter, { sort, levels, after, wanted: limit + 1 })
    : await sortAll(version, filter, { sort, after, wanted: limit + 1 });
  const page = toPage(rows, limit, (row) => [valueIn(row, sort), row.ordinal, row.id]);
  return { ...page, items: page.items.map(toExampleSummary) };
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
    const narrowed = within(filter, sort, { from, to });
    if (!narrowed) continue;
    const isOne = from === to;
    const rows = await matchingRows(version, narrowed, {
      after: isOne && after?.value === from ? after : null,
      limit: isOne ? wanted - found.length : most,
    });
    found.push(...(isOne ? rows : inOrder(rows, sort).filter((row) => isBehind(row, after, sort))));
    if (found.length >= wanted) break;
  }
  return found.slice(0, wanted);
}

/** Rows of several values, which come in file order. */
function inOrder(rows: readonly ListedRow[], sort: ValueSort): ListedRow[] {
  return rows.toSorted((a, b) => signOf(sort) * (valueIn(a, sort) - valueIn(b, sort)));
}

/** Rows of other values than the last one were not given out before: a group begins with its value. */
function isBehind(row: ListedRow, after: SortedKey | null, sort: ValueSort): boolean {
  if (after === null || valueIn(row, sort) !== after.value) return true;
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
