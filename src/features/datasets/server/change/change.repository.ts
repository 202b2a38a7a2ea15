import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import type { ChangeRecord } from '../../change.schema';
import type { VersionStats } from '../../dataset.schema';
import { FLAG } from '../../flag.rules';
import type { RowInFile } from '../../left-out.rules';
import { describeProblem } from '../../problem.rules';
import { inVersion, named, type VersionKey } from '../example.queries';
import { ordinalOf } from '../example-id';
import type { Finding } from '../import/findings';
import type { Aggregates, Figures } from '../import/tally';
import { hashMark } from '../row-index/marks';
import { candidateRows, rowIndexQueries } from '../row-index/row-index.queries';
import { onlyIn, since } from './change.queries';
import type { RowToInsert, StoredRow } from './touch';

export interface NextVersion {
  workspaceId: string;
  datasetId: string;
  parentId: string;
  record: ChangeRecord;
  sourceLabel: string;
  splitSeed: number;
  splitPlan: unknown;
  rowsNumbered: boolean;
  createdById: string | null;
  createdByLabel: string;
}

/** Something that a change touches: each part is null where it does not matter. */
export interface TouchedRow {
  id: string | null;
  line: number | null;
  hash: bigint | null;
  /** Whether the row is not part of the next version as it is. */
  closes: boolean;
}

/** A row whose mark as a copy of an earlier one is no longer what is true. */
export type Unmarked = StoredRow & { fromVersion: number; twin: number | null };

/** Rows that a change must treat together at its end; kept by the database, so that their number does not matter. */
const TOUCHED = Prisma.raw('change_touched');

/** Up to so many touched hashes are looked up one by one; more are compared with all rows. */
const FEW_HASHES = 100;

/** Writes of a change, all within its one transaction. */
export const changeRepository = {
  /** The next version of a dataset whose row is locked, as one that is still being made. */
  insertVersion: async (tx: Tx, next: NextVersion, status: 'pending' | 'importing') => {
    const [row] = await database(tx).$queryRaw<{ id: string; number: number; attempt: number }[]>`
      INSERT INTO dataset_versions (workspace_id, dataset_id, number, parent_id, source, source_label, status, change,
        split_seed, split_plan, rows_numbered, heartbeat_at, created_by_id, created_by_label)
      VALUES (${next.workspaceId}::uuid, ${next.datasetId}::uuid,
        (SELECT max(number) + 1 FROM dataset_versions WHERE dataset_id = ${next.datasetId}::uuid),
        ${next.parentId}::uuid, 'edit', ${next.sourceLabel}, ${status}, ${JSON.stringify(next.record)}::jsonb,
        ${next.splitSeed}, ${next.splitPlan === null ? null : JSON.stringify(next.splitPlan)}::jsonb,
        ${next.rowsNumbered}, now(),
        ${next.createdById}::uuid, ${next.createdByLabel})
      RETURNING id, number, attempt`;
    if (!row) throw new Error('A dataset without versions cannot be changed.');
    return row;
  },

  /** A list for the rows that the change touches: until the transaction ends, seen by it alone. */
  openTouched: (tx: Tx) =>
    database(tx).$executeRaw`
      CREATE TEMP TABLE change_touched (ordinal bigint, id uuid, line int, hash bigint, closes boolean NOT NULL) ON COMMIT DROP`,

  noteTouched: (tx: Tx, rows: readonly TouchedRow[]) =>
    database(tx).$executeRaw`
      INSERT INTO ${TOUCHED} SELECT * FROM unnest(${rows.map(({ id }) => id && ordinalOf(id))}::bigint[],
        ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ line }) => line)}::int[],
        ${rows.map(({ hash }) => hash?.toString() ?? null)}::bigint[], ${rows.map(({ closes }) => closes)}::boolean[])`,

  insertRows: (tx: Tx, { datasetId, number }: VersionKey, rows: readonly RowToInsert[]) =>
    database(tx).$executeRaw`
      INSERT INTO training_examples (id, dataset_id, from_version, ordinal, line, body, tokens, trainable_tokens, content_hash,
        near_hash, flags, score, split)
      SELECT example_id(r.ordinal), ${datasetId}::uuid, ${number}::int, r.* FROM unnest(
        ${rows.map(({ ordinal }) => ordinal.toString())}::bigint[], ${rows.map(({ line }) => line)}::int[],
        ${rows.map(({ body }) => body)}::text[], ${rows.map(({ tokens }) => tokens)}::int[],
        ${rows.map(({ trainableTokens }) => trainableTokens)}::int[], ${rows.map(({ hash }) => hash.toString())}::bigint[],
        ${rows.map(({ nearHash }) => nearHash?.toString() ?? null)}::bigint[], ${rows.map(({ flags }) => flags)}::int[],
        ${rows.map(({ score }) => score)}::smallint[], ${rows.map(({ split }) => split)}::smallint[])
        AS r(ordinal, line, body, tokens, trainable_tokens, content_hash, near_hash, flags, score, split)`,

  /** The same rows with another split or other flags; their text does not leave the database. */
  insertCopies: (
    tx: Tx,
    { datasetId, number }: VersionKey,
    copies: readonly { id: string; split: number; flags: number; score: number | null }[],
  ) =>
    database(tx).$executeRaw`
      INSERT INTO training_examples (id, dataset_id, from_version, ordinal, line, body, tokens, trainable_tokens, content_hash,
        near_hash, flags, score, split)
      SELECT example_id(e.ordinal), e.dataset_id, ${number}::int, e.ordinal, e.line, e.body, e.tokens, e.trainable_tokens,
        e.content_hash, e.near_hash, c.flags, c.score, c.split
      FROM unnest(${copies.map(({ id }) => ordinalOf(id))}::bigint[], ${copies.map(({ id }) => id)}::uuid[],
        ${copies.map(({ split }) => split)}::smallint[], ${copies.map(({ flags }) => flags)}::int[],
        ${copies.map(({ score }) => score)}::smallint[]) AS c(ordinal, id, split, flags, score)
      JOIN training_examples e ON e.dataset_id = ${datasetId}::uuid AND e.ordinal = c.ordinal AND e.id = c.id
      ORDER BY e.ordinal, e.id`,

  /** Ends the range of each row that was noted as closing. Under the dataset's lock, in the order of all writers. */
  closeTouched: (tx: Tx, { datasetId, number }: VersionKey) =>
    database(tx).$executeRaw`
      UPDATE training_examples SET to_version = ${number}
      WHERE dataset_id = ${datasetId}::uuid AND (ordinal, id) IN (SELECT ordinal, id FROM ${TOUCHED} WHERE closes)
        AND (to_version IS NULL OR to_version > ${number})`,

  /** A later version that came in meanwhile has rows of its own: ours end where it begins. */
  endBeforeLater: (tx: Tx, { datasetId, number }: VersionKey) =>
    database(tx).$executeRaw`
      UPDATE training_examples SET to_version = n.number
      FROM (SELECT min(number) AS number FROM dataset_versions
            WHERE dataset_id = ${datasetId}::uuid AND number > ${number} AND status = 'ready') n
      WHERE dataset_id = ${datasetId}::uuid AND from_version = ${number} AND to_version IS NULL AND n.number IS NOT NULL`,

  /** Rows with a touched content hash that are wrongly marked as a copy of an earlier row, or wrongly not. */
  wronglyMarked: async (tx: Tx, version: VersionKey, limit: number): Promise<Unmarked[]> => {
    const touched = await database(tx).$queryRaw<{ hash: bigint }[]>`
      SELECT DISTINCT hash FROM ${TOUCHED} WHERE hash IS NOT NULL LIMIT ${FEW_HASHES + 1}`;
    const marks = touched.map(({ hash }) => hashMark(Number(BigInt.asIntN(32, hash))));
    const near = marks.length <= FEW_HASHES ? await rowIndexQueries.withMarks(version, marks) : null;
    const rows = near
      ? candidateRows(version, near.base, near.blocks, { from: 0, to: Number.MAX_SAFE_INTEGER })
      : Prisma.sql`SELECT e.* FROM training_examples e WHERE ${inVersion(version)}`;
    return database(tx).$queryRaw<Unmarked[]>`
      SELECT t.* FROM (
        SELECT e.id, e.ordinal, e.line, e.split::int, e.tokens, e.trainable_tokens AS "trainableTokens",
          e.content_hash AS hash, e.near_hash AS "nearHash", e.flags, e.score::int, e.body, e.from_version AS "fromVersion",
          CASE WHEN row_number() OVER place > 1 THEN first_value(e.line) OVER place END AS twin
        FROM (${rows}) e
        WHERE e.content_hash IN (SELECT hash FROM ${TOUCHED} WHERE hash IS NOT NULL)
        WINDOW place AS (PARTITION BY e.content_hash ORDER BY e.ordinal, e.id)) t
      WHERE (t.twin IS NOT NULL) <> (t.flags & ${FLAG.duplicate} <> 0) ORDER BY t.ordinal, t.id LIMIT ${limit}`;
  },

  /** Only for rows of the version that is being made: nobody has seen them yet. */
  remark: (tx: Tx, { datasetId }: VersionKey, rows: readonly { id: string; flags: number; score: number | null }[]) =>
    database(tx).$executeRaw`
      UPDATE training_examples e SET flags = r.flags, score = r.score
      FROM unnest(${rows.map(({ id }) => ordinalOf(id))}::bigint[], ${rows.map(({ id }) => id)}::uuid[],
        ${rows.map(({ flags }) => flags)}::int[], ${rows.map(({ score }) => score)}::smallint[]) AS r(ordinal, id, flags, score)
      WHERE e.dataset_id = ${datasetId}::uuid AND e.ordinal = r.ordinal AND e.id = r.id`,

  close: (tx: Tx, { datasetId, number }: VersionKey, ids: readonly string[]) =>
    database(tx).$executeRaw`
      UPDATE training_examples e SET to_version = ${number}
      WHERE e.dataset_id = ${datasetId}::uuid AND ${named(ids)} AND (e.to_version IS NULL OR e.to_version > ${number})`,

  /** Rows of the old version that are no longer there come again. @returns how many */
  comeAgain: (tx: Tx, { datasetId, number }: VersionKey, old: number, base: number): Promise<number> =>
    database(tx).$executeRaw`
      INSERT INTO training_examples (id, dataset_id, from_version, ordinal, line, body, tokens, trainable_tokens, content_hash,
        near_hash, flags, score, split)
      SELECT example_id(e.ordinal), e.dataset_id, ${number}::int, e.ordinal, e.line, e.body, e.tokens, e.trainable_tokens,
        e.content_hash, e.near_hash, e.flags, e.score, e.split
      FROM training_examples e WHERE ${onlyIn(datasetId, old, base)} ORDER BY e.ordinal, e.id`,

  /** Rows that came since the old version go. @returns how many */
  closeSince: (tx: Tx, { datasetId, number }: VersionKey, old: number, base: number) =>
    database(tx).$executeRaw`
      UPDATE training_examples e SET to_version = ${number} WHERE ${since(datasetId, old, base)}`,

  /**
   * Findings that are still true: those of the parent, without those about touched lines and about the whole. An error is
   * about a row that was left out, and no touched one, even where a list has both on one line.
   */
  carryFindings: (tx: Tx, parentId: string, versionId: string, without: readonly string[]) =>
    database(tx).$executeRaw`
      INSERT INTO dataset_issues (version_id, code, severity, line, element, path, message, excerpt, fix)
      SELECT ${versionId}::uuid, code, severity, line, element, path, message, excerpt, fix FROM dataset_issues i
      WHERE version_id = ${parentId}::uuid AND code <> ALL (${[...without]}::text[])
        AND (severity = 'error' OR NOT EXISTS (SELECT 1 FROM ${TOUCHED} t WHERE t.line = i.line))
      ORDER BY id`,

  /** Forgets what was wrong with a row that was left out; null: with all of them. @returns the codes */
  dropErrors: async (tx: Tx, versionId: string, row: RowInFile | null): Promise<string[]> => {
    const which = row
      ? Prisma.sql`line = ${row.line} AND element IS NOT DISTINCT FROM ${row.element ?? null}::int`
      : Prisma.sql`line IS NOT NULL`;
    const rows = await database(tx).$queryRaw<{ code: string }[]>`
      DELETE FROM dataset_issues WHERE version_id = ${versionId}::uuid AND severity = 'error' AND ${which} RETURNING code`;
    return rows.map(({ code }) => code);
  },

  copyFindings: (tx: Tx, fromId: string, versionId: string) =>
    database(tx).$executeRaw`
      INSERT INTO dataset_issues (version_id, code, severity, line, element, path, message, excerpt, fix)
      SELECT ${versionId}::uuid, code, severity, line, element, path, message, excerpt, fix FROM dataset_issues
      WHERE version_id = ${fromId}::uuid ORDER BY id`,

  dropFinding: (tx: Tx, versionId: string, code: string, lines: readonly number[]) =>
    database(tx).$executeRaw`
      DELETE FROM dataset_issues WHERE version_id = ${versionId}::uuid AND code = ${code} AND line = ANY (${[...lines]}::int[])`,

  findingsByCode: async (tx: Tx, versionId: string): Promise<Map<string, number>> => {
    const rows = await database(tx).$queryRaw<{ code: string; count: number }[]>`
      SELECT code, count(*)::int AS count FROM dataset_issues WHERE version_id = ${versionId}::uuid GROUP BY code`;
    return new Map(rows.map(({ code, count }) => [code, count]));
  },

  insertFindings: (tx: Tx, versionId: string, findings: readonly Finding[]) =>
    database(tx).datasetIssue.createMany({
      data: findings.map((finding) => ({ ...finding, versionId, fix: describeProblem(finding.code).fix })),
    }),

  /** Makes the version ready. @returns false when it was cancelled or taken over meanwhile */
  settle: async (
    tx: Tx,
    version: { id: string; datasetId: string; attempt: number },
    known: {
      figures: Omit<Figures, 'stats'>;
      stats: VersionStats;
      aggregates: Aggregates;
      warnings: number;
      record: ChangeRecord;
    },
  ): Promise<boolean> => {
    const { figures, stats, record } = known;
    const { count } = await database(tx).datasetVersion.updateMany({
      where: { id: version.id, attempt: version.attempt, status: 'importing' },
      data: {
        ...{ status: 'ready', statusReason: null, progress: Prisma.DbNull, readyAt: new Date() },
        ...figures,
        ...{
          stats,
          aggregates: known.aggregates,
          change: record,
          problems: stats.rejectedRows,
          warnings: known.warnings,
        },
      },
    });
    if (count === 0) return false;
    await database(tx).$executeRaw`
      UPDATE fine_tuning_datasets SET updated_at = now(), current_version_id = (
        SELECT id FROM dataset_versions WHERE dataset_id = ${version.datasetId}::uuid AND status = 'ready'
        ORDER BY number DESC LIMIT 1)
      WHERE id = ${version.datasetId}::uuid`;
    return true;
  },
};

export type ChangeRepository = typeof changeRepository;
