import { setImmediate } from 'node:timers/promises';
import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import { pgPool } from '@/platform/db/pool';
import { CONTENTS, Contents } from '../row-index/content-page';
import type { BlockRows, Directory } from '../row-index/index-lookup';
import { candidateRows, directoriesOf, type VersionKey } from '../row-index/row-index.queries';
import { type FoundRow, type LooseRow, type LooseRows, toLooseRow, type VersionPair } from './pair-rows';
import { type IndexedVersion, looseOf, mayBeLoose, type Surplus, surplusOf } from './surplus';

/** Rows that changes of a file added or took away; with more of them the database compares all. */
const MOST_CHANGES = 20_000;
/** Segments, of up to 150 kB each, that are read in one query. */
const SEGMENTS = 4;
const BLOCKS = 2000;
const NO_BOUNDS = { from: 1, to: 0 };

interface OpenVersion extends IndexedVersion {
  key: VersionKey;
  base: number;
  directories: Directory[];
}

const narrow = Prisma.sql`e.id, e.ordinal, e.line, e.split::int, e.content_hash AS hash`;

/**
 * What `diffQueries.loose` says, from the contents that the imports of both files have noted: of a million rows those are read
 * in a tenth of the time that the rows take.
 *
 * @returns null when the versions stand on the same file, one of them on a file without an index, much has been changed since,
 *   or more than `limit` rows differ
 */
export async function looseByIndex(pair: VersionPair, limit: number): Promise<LooseRows | null> {
  const [low, high] = [pair.low, pair.high].map((number) => ({ datasetId: pair.datasetId, number })) as [
    VersionKey,
    VersionKey,
  ];
  const [lowFile, highFile] = [await directoriesOf(low), await directoriesOf(high)];
  // A file closes all rows of the one before it: with two files, all rows of either version are the ones to compare.
  if (!lowFile || !highFile || lowFile.base === highFile.base) return null;
  const lower = await open(low, lowFile);
  const higher = lower && (await open(high, highFile));
  if (!lower || !higher) return null;
  const found = await surplusOf(lower, higher, limit, setImmediate);
  if (!found) return null;
  const removed = await rowsOf(lower, found.lower);
  const added = await rowsOf(higher, found.higher);
  return removed && added && { removed, added, totals: { removed: removed.length, added: added.length } };
}

async function open(
  key: VersionKey,
  { base, directories }: { base: number; directories: Directory[] },
): Promise<OpenVersion | null> {
  const changes = base === key.number ? { gone: [], come: [] } : await changesSince(key, base);
  const contents = changes && (await contentsOf(key.datasetId, base, directories.length));
  return changes && contents && { key, base, directories, contents, ...changes };
}

async function contentsOf(datasetId: string, base: number, segments: number): Promise<Contents | null> {
  const pages: Uint8Array[] = [];
  for (let from = 0; from < segments; from += SEGMENTS) {
    // Not by Prisma, which turns bytes into text and back: twice the time for nine megabytes.
    const { rows } = await pgPool().query<{ body: Uint8Array }>(
      `SELECT body FROM example_words WHERE dataset_id = $1 AND from_version = $2 AND page = $3 AND segment BETWEEN $4 AND $5
       ORDER BY segment`,
      [datasetId, base, CONTENTS, from, from + SEGMENTS - 1],
    );
    pages.push(...rows.map(({ body }) => body));
  }
  return pages.length === segments ? new Contents(pages) : null;
}

/** Indexes: training_examples_closed_idx, training_examples_added_idx. */
async function changesSince({ datasetId, number }: VersionKey, base: number) {
  const rows = await database().$queryRaw<(FoundRow & { come: boolean })[]>`
    SELECT ${narrow}, false AS come FROM training_examples e
    WHERE e.dataset_id = ${datasetId}::uuid AND e.from_version = ${base} AND e.to_version > ${base} AND e.to_version <= ${number}
    UNION ALL
    SELECT ${narrow}, true FROM training_examples e
    WHERE e.dataset_id = ${datasetId}::uuid AND e.from_version > ${base} AND e.from_version > 1 AND e.from_version <= ${number}
      AND (e.to_version IS NULL OR e.to_version > ${number})
    LIMIT ${MOST_CHANGES + 1}`;
  if (rows.length > MOST_CHANGES) return null;
  const of = (come: boolean) => rows.filter((row) => row.come === come).map(toLooseRow);
  return { gone: of(false), come: of(true) };
}

/** The rows that make the surplus of a version. Null: the index is not of these rows. */
async function rowsOf(version: OpenVersion, surplus: Surplus): Promise<LooseRow[] | null> {
  const blocksOf = (segment: number) => version.directories[segment]?.read().blocks ?? [];
  const blocks = await mayBeLoose(version, surplus, blocksOf, setImmediate);
  const rows = [...version.come];
  for (let at = 0; at < blocks.length; at += BLOCKS)
    rows.push(...(await rowsIn(version, blocks.slice(at, at + BLOCKS))));
  const loose = looseOf(rows, surplus);
  return loose.length === surplus.total ? loose : null;
}

async function rowsIn({ key, base }: OpenVersion, blocks: readonly BlockRows[]): Promise<LooseRow[]> {
  const rows = await database().$queryRaw<FoundRow[]>`
    SELECT ${narrow} FROM (${candidateRows(key, base, blocks, NO_BOUNDS)}) e`;
  return rows.map(toLooseRow);
}
