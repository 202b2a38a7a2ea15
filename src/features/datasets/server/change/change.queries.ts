import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import type { ExampleFilter } from '../../change.schema';
import { inVersion, matching, named, type VersionKey } from '../example.queries';
import type { StoredRow } from './touch';

const BATCH_ROWS = 500;
const BATCH_BYTES = 4 * 1024 * 1024;
/** Without their text rows are small. */
const BATCH_BARE = 5000;
/** How far behind a row a free place for its copy is looked for. */
const PLACES = 64;

const columns = Prisma.sql`e.id, e.ordinal, e.line, e.split::int, e.tokens, e.trainable_tokens AS "trainableTokens",
  e.content_hash AS hash, e.near_hash AS "nearHash", e.flags, e.score::int`;

/** Which rows of a version: those of a list, or those that match. */
export type RowChoice = { ids: readonly string[] } | { filter: ExampleFilter };

const chosen = (choice: RowChoice): Prisma.Sql[] => ('ids' in choice ? [named(choice.ids)] : matching(choice.filter));

/** What is read of a version before it is changed. The caller has checked whose dataset it is. */
export const changeQueries = {
  /** Versions from the newest ready one on, oldest first; all of them when none is ready. */
  newest: (workspaceId: string, datasetId: string, tx?: Tx) =>
    database(tx).$queryRaw<{ id: string; number: number; status: string; rows: number }[]>`
      SELECT id, number, status, rows FROM dataset_versions
      WHERE workspace_id = ${workspaceId}::uuid AND dataset_id = ${datasetId}::uuid AND number >= coalesce(
        (SELECT max(number) FROM dataset_versions WHERE dataset_id = ${datasetId}::uuid AND status = 'ready'), 0)
      ORDER BY number`,

  version: (datasetId: string, of: { id: string } | { number: number }, tx?: Tx) =>
    database(tx).datasetVersion.findFirst({ where: { datasetId, ...of } }),

  /** The rows that are meant, up to a limit. */
  ids: async (version: VersionKey, choice: RowChoice, limit: number, tx?: Tx): Promise<string[]> => {
    const where = Prisma.join([inVersion(version), ...chosen(choice)], ' AND ');
    const rows = await database(tx).$queryRaw<{ id: string }[]>`
      SELECT e.id FROM training_examples e WHERE ${where} LIMIT ${limit}`;
    return rows.map(({ id }) => id);
  },

  /** Sums of the rows that are meant, by side of the split. */
  sums: (version: VersionKey, choice: RowChoice, tx?: Tx) =>
    database(tx).$queryRaw<{ split: number; rows: number; tokens: bigint }[]>`
      SELECT e.split::int, count(*)::int AS rows, sum(e.tokens)::bigint AS tokens FROM training_examples e
      WHERE ${Prisma.join([inVersion(version), ...chosen(choice)], ' AND ')} GROUP BY 1`,

  /** The rows that are meant in file order, at most 500 and 4 MB at a time; without their text 5,000. */
  async *rows(version: VersionKey, choice: RowChoice, { bodies, tx }: { bodies: boolean; tx?: Tx | undefined }) {
    let after = { ordinal: -1n, id: '00000000-0000-0000-0000-000000000000' };
    for (;;) {
      const where = Prisma.join(
        [inVersion(version), ...chosen(choice), Prisma.sql`(e.ordinal, e.id) > (${after.ordinal}, ${after.id}::uuid)`],
        ' AND ',
      );
      const rows = bodies ? await withBodies(version.datasetId, where, tx) : await bare(where, tx);
      const last = rows.at(-1);
      if (!last) return;
      yield rows;
      after = { ordinal: last.ordinal, id: last.id };
    }
  },

  /** The line number of a version's last row in file order. */
  lastLine: async (version: VersionKey, tx?: Tx): Promise<number> => {
    const [row] = await database(tx).$queryRaw<{ line: number }[]>`
      SELECT e.line FROM training_examples e WHERE ${inVersion(version)} ORDER BY e.ordinal DESC LIMIT 1`;
    return row?.line ?? 0;
  },

  /** The last place that a row of any version has. Index: the primary key. */
  lastPlace: async (datasetId: string, tx?: Tx): Promise<bigint> => {
    const [row] = await database(tx).$queryRaw<{ ordinal: bigint | null }[]>`
      SELECT max(ordinal) AS ordinal FROM training_examples WHERE dataset_id = ${datasetId}::uuid`;
    return row?.ordinal ?? 0n;
  },

  /** The highest line number that any version remembers to have given. */
  highestRemembered: async (datasetId: string, tx?: Tx): Promise<number> => {
    const [row] = await database(tx).$queryRaw<{ line: number | null }[]>`
      SELECT max((aggregates ->> 'lastLine')::int) AS line FROM dataset_versions WHERE dataset_id = ${datasetId}::uuid`;
    return row?.line ?? 0;
  },

  /** The highest line number that the report of a version speaks of. */
  lastReported: async (versionId: string, tx?: Tx): Promise<number> => {
    const [row] = await database(tx).$queryRaw<{ line: number | null }[]>`
      SELECT max(line) AS line FROM dataset_issues WHERE version_id = ${versionId}::uuid`;
    return row?.line ?? 0;
  },

  /** The places right behind a row that a row of any version has, ascending; `more`: there may be others behind them. */
  takenAfter: async (datasetId: string, ordinal: bigint, tx?: Tx): Promise<{ taken: bigint[]; more: boolean }> => {
    const rows = await database(tx).$queryRaw<{ ordinal: bigint }[]>`
      SELECT DISTINCT ordinal FROM training_examples WHERE dataset_id = ${datasetId}::uuid AND ordinal > ${ordinal}
      ORDER BY ordinal LIMIT ${PLACES}`;
    return { taken: rows.map((row) => row.ordinal), more: rows.length === PLACES };
  },

  /** Rows that two versions do not share; `old` is the lower number. */
  apart: async (datasetId: string, old: number, now: number, tx?: Tx) => {
    const [row] = await database(tx).$queryRaw<{ back: number; away: number; before: bigint; after: bigint }[]>`
      SELECT count(*) FILTER (WHERE is_back)::int AS back, count(*) FILTER (WHERE NOT is_back)::int AS away,
        coalesce(sum(tokens) FILTER (WHERE NOT is_back), 0)::bigint AS before,
        coalesce(sum(tokens) FILTER (WHERE is_back), 0)::bigint AS after
      FROM (
        SELECT true AS is_back, tokens FROM training_examples e WHERE ${onlyIn(datasetId, old, now)}
        UNION ALL
        SELECT false, tokens FROM training_examples e WHERE ${since(datasetId, old, now)}) r`;
    return row ?? { back: 0, away: 0, before: 0n, after: 0n };
  },

  /** The first rows that two versions do not share, in file order. */
  samplesApart: (datasetId: string, old: number, now: number, limit: number) =>
    database().$queryRaw<{ isBack: boolean; line: number; split: number; body: string }[]>`
      SELECT is_back AS "isBack", line, split::int, body FROM (
        SELECT true AS is_back, ordinal, id, line, split, body FROM training_examples e WHERE ${onlyIn(datasetId, old, now)}
        UNION ALL
        SELECT false, ordinal, id, line, split, body FROM training_examples e WHERE ${since(datasetId, old, now)}) r
      ORDER BY ordinal, id LIMIT ${limit}`,
};

/** Rows that the older version has and the newer has not. Index: training_examples_closed_idx. */
export const onlyIn = (datasetId: string, old: number, now: number): Prisma.Sql =>
  Prisma.sql`e.dataset_id = ${datasetId}::uuid AND e.from_version <= ${old} AND e.to_version > ${old} AND e.to_version <= ${now}`;

/** Rows that the newer version has and the older has not. Index: training_examples_added_idx. */
export const since = (datasetId: string, old: number, now: number): Prisma.Sql =>
  Prisma.sql`e.dataset_id = ${datasetId}::uuid AND e.from_version > ${old} AND e.from_version <= ${now}
    AND (e.to_version IS NULL OR e.to_version > ${now})`;

const bare = (where: Prisma.Sql, tx: Tx | undefined) =>
  database(tx).$queryRaw<StoredRow[]>`
    SELECT ${columns}, '' AS body FROM training_examples e WHERE ${where} ORDER BY e.ordinal, e.id LIMIT ${BATCH_BARE}`;

const withBodies = (datasetId: string, where: Prisma.Sql, tx: Tx | undefined) =>
  database(tx).$queryRaw<StoredRow[]>`
    SELECT ${columns}, e.body FROM (
      SELECT r.ordinal, r.id, sum(r.bytes) OVER (ORDER BY r.ordinal, r.id) AS running,
        row_number() OVER (ORDER BY r.ordinal, r.id) AS place
      FROM (
        SELECT e.ordinal, e.id, octet_length(e.body) AS bytes FROM training_examples e
        WHERE ${where} ORDER BY e.ordinal, e.id LIMIT ${BATCH_ROWS}) r) s
    JOIN training_examples e ON e.dataset_id = ${datasetId}::uuid AND e.ordinal = s.ordinal AND e.id = s.id
    WHERE s.running <= ${BATCH_BYTES} OR s.place = 1
    ORDER BY e.ordinal, e.id`;

export type ChangeQueries = typeof changeQueries;
