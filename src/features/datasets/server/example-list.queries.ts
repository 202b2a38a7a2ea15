import { decodeCursor, type Page, toPage, unknownCursor } from '@/lib/keyset';
import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import type { ExampleFilter } from '../change.schema';
import { rowNeedsWholeList } from '../dataset.errors';
import type { ExampleListInput, ExampleSummary } from '../dataset.schema';
import { rowOfCursor } from '../row-cursor.rules';
import { columns, inVersion, LISTED_BYTES, matching } from './example-filter';
import { type ExampleRow, toExampleSummary } from './example-text';
import type { BlockRows, Stretch } from './row-index/index-lookup';
import { type Candidates, candidateRows, rowIndexQueries, type VersionKey } from './row-index/row-index.queries';
import { type PlacedVersion, placeOfRow } from './row-place.queries';

/** A row of a list, and where it stands in the file. */
export type ListedRow = ExampleRow & { ordinal: bigint };

/** A place in file order: rows behind it follow. */
export interface RowKey {
  ordinal: string;
  id: string;
}

/** Rows looked at in one query: few at first, because nearly all that the index finds match. */
const FIRST_ROWS = 64;
const MAX_ROWS = 2048;

/** What a list needs of a row `e`. */
export const listedColumns = Prisma.sql`${columns}, e.ordinal, CASE WHEN octet_length(e.body) <= ${LISTED_BYTES} THEN e.body END AS body,
  left(e.body, 300) AS head, right(e.body, 300) AS tail`;

/**
 * Examples in file order. Index: the primary key; filters and words go through the row index first.
 * @throws invalid_input `datasets.row_needs_whole_list` for a cursor by row number together with filters
 */
export async function listExamples(version: PlacedVersion, input: ExampleListInput): Promise<Page<ExampleSummary>> {
  const index = rowOfCursor(input.cursor);
  if (index !== null) return listFrom(version, input, index);
  const [ordinal, id, ...more] = decodeCursor(input.cursor) ?? [];
  if (more.length > 0) throw unknownCursor();
  const after = ordinal && id ? { ordinal, id } : null;
  return pageOf(await matchingRows(version, input, { after, limit: input.limit + 1 }), input.limit);
}

interface WantedRows {
  after: RowKey | null;
  limit: number;
  /** What is asked of a row `e`, its place among it; what a list needs when left out. */
  columns?: Prisma.Sql;
}

/** The first rows behind a place that match, in file order. */
export async function matchingRows<Row extends { ordinal: bigint } = ListedRow>(
  version: VersionKey,
  filter: ExampleFilter,
  { after, limit, columns: asked = listedColumns }: WantedRows,
): Promise<Row[]> {
  const where = [
    ...(after ? [Prisma.sql`(e.ordinal, e.id) > (${BigInt(after.ordinal)}, ${after.id}::uuid)`] : []),
    ...matching(filter),
  ];
  const candidates = await rowIndexQueries.candidates(version, filter);
  if (candidates)
    return amongCandidates<Row>(version, candidates, where, {
      ...{ after: Number(after?.ordinal ?? -1), limit, asked },
    });
  return database().$queryRaw<Row[]>`
    SELECT ${asked} FROM training_examples e WHERE ${Prisma.join([inVersion(version), ...where], ' AND ')}
    ORDER BY e.ordinal, e.id LIMIT ${limit}`;
}

/** Any page of all rows, found by the number of rows before it. */
async function listFrom(version: PlacedVersion, input: ExampleListInput, index: number): Promise<Page<ExampleSummary>> {
  if (matching(input).length > 0) throw rowNeedsWholeList();
  const { ordinal, skip } = await placeOfRow(version, index);
  const rows = await database().$queryRaw<ListedRow[]>`
    SELECT ${listedColumns} FROM training_examples e WHERE ${inVersion(version)} AND e.ordinal >= ${ordinal}
    ORDER BY e.ordinal, e.id OFFSET ${skip} LIMIT ${input.limit + 1}`;
  return pageOf(rows, input.limit);
}

function pageOf(rows: ListedRow[], limit: number): Page<ExampleSummary> {
  const page = toPage(rows, limit, (row) => [row.ordinal, row.id]);
  return { ...page, items: page.items.map(toExampleSummary) };
}

async function amongCandidates<Row>(
  version: VersionKey,
  { base, parts }: Candidates,
  where: readonly Prisma.Sql[],
  { after, limit, asked }: { after: number; limit: number; asked: Prisma.Sql },
): Promise<Row[]> {
  const found: Row[] = [];
  const conditions = where.length > 0 ? Prisma.join([...where], ' AND ') : Prisma.sql`true`;
  let from = Math.max(0, after);
  let looked = 0;
  for await (const { blocks, upTo } of parts(after)) {
    let next = blocks.findIndex(({ to }) => to >= after);
    if (next < 0) next = blocks.length;
    while (from <= upTo) {
      const batch = batchOf(blocks, next, nextSize(looked, found.length, limit));
      next += batch.length;
      looked += rowsOf(batch);
      // Rows in no index are taken up to the same place, so that the two come in one order.
      const bounds: Stretch = { from, to: next < blocks.length ? (batch.at(-1)?.to ?? upTo) : upTo };
      from = bounds.to + 1;
      if (batch.length === 0 && version.number === base) continue;
      const rows = await database().$queryRaw<Row[]>`
        SELECT ${asked} FROM (${candidateRows(version, base, batch, bounds)}) e
        WHERE ${conditions} ORDER BY e.ordinal, e.id LIMIT ${limit - found.length}`;
      for (const row of rows) found.push(row);
      if (found.length >= limit) return found;
    }
  }
  return found;
}

/** Blocks from one on with about so many rows to look at. */
function batchOf(blocks: readonly BlockRows[], from: number, rows: number): BlockRows[] {
  let to = from;
  for (let left = rows; left > 0 && to < blocks.length; to++) left -= rowsIn(blocks[to]?.rows ?? 0);
  return blocks.slice(from, to);
}

const rowsOf = (blocks: readonly BlockRows[]): number => blocks.reduce((sum, { rows }) => sum + rowsIn(rows), 0);

function rowsIn(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** How many rows to look at next: about as many as the rest of the page takes if it goes on as before. */
function nextSize(looked: number, found: number, limit: number): number {
  if (looked === 0) return Math.max(FIRST_ROWS, limit + Math.ceil(limit / 8));
  const wanted = found === 0 ? looked * 3 : Math.ceil((looked * (limit - found) * 1.25) / found);
  return Math.min(MAX_ROWS, Math.max(FIRST_ROWS / 4, wanted));
}
