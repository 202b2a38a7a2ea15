import { createHash } from 'node:crypto';
import type { Tx } from '@/lib/transaction';
import { database, inTransaction } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import type { ExampleSummary } from '../../dataset.schema';
import { named } from '../example.queries';
import { type ExampleRow, toExampleDetail, toExampleSummary } from '../example-text';
import { looseByIndex } from './indexed-diff.queries';
import { type FoundRow, type LooseRows, toLooseRow, type VersionPair } from './pair-rows';

/** Longer rows have no question to be paired by, and stand in a list by their two ends. */
const READ_BYTES = 65_536;
const BATCH_ROWS = 500;

/** Closed after the lower version, up to the higher. Index: training_examples_closed_idx. */
const onlyLow = ({ datasetId, low, high }: VersionPair) =>
  Prisma.sql`e.dataset_id = ${datasetId}::uuid AND e.to_version > ${low} AND e.to_version <= ${high} AND e.from_version <= ${low}`;
/** Came after the lower version and is still there in the higher. Index: training_examples_added_idx. */
const onlyHigh = ({ datasetId, low, high }: VersionPair) =>
  Prisma.sql`e.dataset_id = ${datasetId}::uuid AND e.from_version > ${low} AND e.from_version <= ${high} AND (e.to_version IS NULL OR e.to_version > ${high})`;

const narrow = Prisma.sql`e.id, e.ordinal, e.line, e.split, e.content_hash`;
const shown = Prisma.sql`e.id, e.line, e.split::int, e.tokens, e.trainable_tokens AS "trainableTokens", e.flags, e.score::int`;

/** Compares all rows of both versions in the database. */
export const looseBySql = async (pair: VersionPair, limit: number): Promise<LooseRows> => {
  const rows = await withoutLoops(
    (tx) => database(tx).$queryRaw<(FoundRow & { side: number; total: number })[]>`
      WITH sides AS MATERIALIZED (
        SELECT 1 AS side, ${narrow} FROM training_examples e WHERE ${onlyLow(pair)}
        UNION ALL SELECT -1, ${narrow} FROM training_examples e WHERE ${onlyHigh(pair)}),
      net AS (
        SELECT content_hash, split, sum(side)::int AS surplus FROM sides GROUP BY 1, 2 HAVING sum(side) <> 0),
      ranked AS (
        SELECT s.*, n.surplus,
          row_number() OVER (PARTITION BY s.content_hash, s.split ORDER BY s.ordinal DESC, s.id DESC) AS repeat
        FROM sides s JOIN net n ON n.content_hash = s.content_hash AND n.split = s.split AND sign(n.surplus) = s.side),
      placed AS (
        SELECT r.*, count(*) OVER (PARTITION BY r.side)::int AS total,
          row_number() OVER (PARTITION BY r.side ORDER BY r.ordinal, r.id) AS place
        FROM ranked r WHERE r.repeat <= abs(r.surplus))
      SELECT side, id, ordinal, line, split::int, content_hash AS hash, total
      FROM placed WHERE place <= ${limit} ORDER BY side DESC, place`,
  );
  const split = rows.findIndex(({ side }) => side < 0);
  const cut = split < 0 ? rows.length : split;
  const plain = rows.map(toLooseRow);
  return {
    removed: plain.slice(0, cut),
    added: plain.slice(cut),
    totals: { removed: (cut > 0 && rows[0]?.total) || 0, added: rows[cut]?.total ?? 0 },
  };
};

export const diffQueries = {
  /**
   * Rows of the lower version that the higher one has not ("removed"), and the other way round, in file order and at most
   * `limit` of each. A row that was only written anew, with the same content hash and split, is in neither; of rows that
   * repeat, as many as there are more on that side.
   */
  loose: async (pair: VersionPair, limit: number): Promise<LooseRows> =>
    (await looseByIndex(pair, limit)) ?? (await looseBySql(pair, limit)),

  /** For versions that differ in more rows than are worth carrying around: rows at the same place of the file. */
  samePlace: async (pair: VersionPair): Promise<{ changed: number; moved: number }> => {
    const [row] = await withoutLoops(
      (tx) => database(tx).$queryRaw<{ changed: number; moved: number }[]>`
      SELECT count(*) FILTER (WHERE l.content_hash <> h.content_hash)::int AS changed,
        count(*) FILTER (WHERE l.content_hash = h.content_hash AND l.split <> h.split)::int AS moved
      FROM (SELECT ${narrow} FROM training_examples e WHERE ${onlyLow(pair)}) l
      JOIN (SELECT ${narrow} FROM training_examples e WHERE ${onlyHigh(pair)}) h ON h.ordinal = l.ordinal`,
    );
    return row ?? { changed: 0, moved: 0 };
  },

  /**
   * Whether the rows come out of two files and are numbered alike, by their lines or by their places in a list: then what has
   * the same number is likely to be the same row. In one file their places tell it better.
   */
  areNumberedAlike: async ({ datasetId, low, high }: VersionPair): Promise<boolean> => {
    const [row] = await database().$queryRaw<{ files: number; ways: number }[]>`
      SELECT count(*) FILTER (WHERE number > ${low} AND source <> 'edit' AND status = 'ready')::int AS files,
        count(DISTINCT rows_numbered) FILTER (WHERE number IN (${low}, ${high}))::int AS ways
      FROM dataset_versions WHERE dataset_id = ${datasetId}::uuid AND number BETWEEN ${low} AND ${high}`;
    return row !== undefined && row.files > 0 && row.ways === 1;
  },

  /** A hash of the first user text of each of these rows, by id. */
  questions: async (datasetId: string, ids: readonly string[]): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    for (let at = 0; at < ids.length; at += BATCH_ROWS) {
      const rows = await database().$queryRaw<(ExampleRow & { body: string })[]>`
        SELECT ${shown}, e.body, '' AS head, '' AS tail FROM training_examples e
        WHERE e.dataset_id = ${datasetId}::uuid AND ${named(ids.slice(at, at + BATCH_ROWS))} AND octet_length(e.body) <= ${READ_BYTES}`;
      for (const row of rows) {
        const question = toExampleDetail(row).messages.find(({ role }) => role === 'user')?.text;
        if (question) found.set(row.id, createHash('md5').update(question).digest('base64'));
      }
    }
    return found;
  },

  /** These rows as a list shows them, by id. */
  summaries: async (datasetId: string, ids: readonly string[]): Promise<Map<string, ExampleSummary>> => {
    const rows = await database().$queryRaw<ExampleRow[]>`
      SELECT ${shown}, CASE WHEN octet_length(e.body) <= ${READ_BYTES} THEN e.body END AS body,
        left(e.body, 300) AS head, right(e.body, 300) AS tail
      FROM training_examples e WHERE e.dataset_id = ${datasetId}::uuid AND ${named(ids)}`;
    return new Map(rows.map((row) => [row.id, toExampleSummary(row)]));
  },
};

/**
 * Right after an import the planner has no figures of its rows yet and expects one: walking a million rows once for each of
 * another million, it would take hours. Hashing and sorting are never far from the best.
 */
const withoutLoops = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(async (tx) => {
    await database(tx).$executeRaw`SET LOCAL enable_nestloop = off`;
    return work(tx);
  });

export type DiffQueries = typeof diffQueries;
