import { decodeCursor, type Page, toPage } from '@/lib/keyset';
import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import { type DatasetDetail, type DatasetListInput, type DatasetSummary, versionStats } from '../dataset.schema';
import { signalsOf } from '../score.rules';
import type { VersionSnapshot } from './dataset.service';
import { toVersionSummary, versionSelect } from './version-summary';

const HISTORY = 200;

interface Row {
  id: string;
  name: string;
  description: string | null;
  createdAt: Date;
  updatedAt: Date;
  versionId: string;
  newestId: string;
  versions: number;
  jobs: number;
  rows: number;
  signalsOff: number;
}

// The version people work with (the newest ready one, else the newest), the newest, and two counts.
const select = Prisma.sql`
  SELECT d.id, d.name, d.description, d.created_at AS "createdAt", d.updated_at AS "updatedAt",
    d.signals_off AS "signalsOff",
    coalesce(d.current_version_id, n.id) AS "versionId", n.id AS "newestId", n.number AS versions,
    coalesce(c.rows, 0) AS rows,
    (SELECT count(*)::int FROM fine_tuning_jobs j JOIN dataset_versions v ON v.id = j.dataset_version_id
     WHERE v.dataset_id = d.id) AS jobs
  FROM fine_tuning_datasets d
  JOIN LATERAL (
    SELECT id, number, status FROM dataset_versions WHERE dataset_id = d.id ORDER BY number DESC LIMIT 1) n ON true
  LEFT JOIN dataset_versions c ON c.id = d.current_version_id`;

const orders = {
  newest: { by: Prisma.sql`d.id DESC`, after: (_: string, id: string) => Prisma.sql`d.id < ${id}::uuid` },
  name: {
    by: Prisma.sql`lower(d.name), d.id`,
    after: (name: string, id: string) => Prisma.sql`(lower(d.name), d.id) > (lower(${name}), ${id}::uuid)`,
  },
  rows: {
    by: Prisma.sql`coalesce(c.rows, 0) DESC, d.id DESC`,
    after: (rows: string, id: string) => Prisma.sql`(coalesce(c.rows, 0), d.id) < (${Number(rows)}, ${id}::uuid)`,
  },
};

/** What made a version: a file, or a change of the version that is its parent. */
export interface VersionOrigin {
  id: string;
  number: number;
  parentId: string | null;
  /** Null: a file. */
  kind: string | null;
  /** The version that came back. */
  backTo: number | null;
  /** The row of the file that was set right and added. */
  line: number | null;
  element: number | null;
}

export const datasetQueries = {
  origins: (workspaceId: string, datasetId: string): Promise<VersionOrigin[]> =>
    database().$queryRaw`
      SELECT id, number, parent_id AS "parentId", change->'change'->>'kind' AS kind,
        CASE change->'change'->>'kind' WHEN 'goBack' THEN (change->'change'->>'number')::int END AS "backTo",
        (change->'change'->>'line')::int AS line, (change->'change'->>'element')::int AS element
      FROM dataset_versions WHERE workspace_id = ${workspaceId}::uuid AND dataset_id = ${datasetId}::uuid`,

  /** Index: fine_tuning_datasets(workspace_id, id desc); the other orders sort one workspace's datasets. */
  list: async (workspaceId: string, input: DatasetListInput): Promise<Page<DatasetSummary>> => {
    const { by, after } = orders[input.sort];
    const [value, id] = decodeCursor(input.cursor) ?? [];
    const where = [
      Prisma.sql`d.workspace_id = ${workspaceId}::uuid AND d.deleted_at IS NULL`,
      ...(value !== undefined && id !== undefined ? [after(value, id)] : []),
      ...(input.search ? [Prisma.sql`d.name ILIKE ${like(input.search)}`] : []),
      ...(input.status ? [Prisma.sql`n.status = ${input.status}`] : []),
    ];
    const rows = await database().$queryRaw<Row[]>`
      ${select} WHERE ${Prisma.join(where, ' AND ')} ORDER BY ${by} LIMIT ${input.limit + 1}`;
    const page = toPage(rows, input.limit, (row) => [
      input.sort === 'name' ? row.name : input.sort === 'rows' ? row.rows : '',
      row.id,
    ]);
    return { ...page, items: await withVersions(page.items) };
  },

  get: async (workspaceId: string, id: string): Promise<DatasetDetail | null> => {
    const rows = await database().$queryRaw<Row[]>`
      ${select} WHERE d.id = ${id}::uuid AND d.workspace_id = ${workspaceId}::uuid AND d.deleted_at IS NULL`;
    const [summary] = await withVersions(rows);
    const off = rows[0]?.signalsOff ?? 0;
    if (!summary) return null;
    const [history, shown, usedBy] = await Promise.all([
      database().datasetVersion.findMany({
        where: { datasetId: id },
        orderBy: { number: 'desc' },
        take: HISTORY,
        select: versionSelect,
      }),
      database().datasetVersion.findUnique({ where: { id: summary.version.id }, select: { stats: true } }),
      database().$queryRaw<DatasetDetail['usedBy']>`
        SELECT j.id, j.name, j.status, v.number AS version
        FROM fine_tuning_jobs j JOIN dataset_versions v ON v.id = j.dataset_version_id
        WHERE v.dataset_id = ${id}::uuid ORDER BY j.id DESC LIMIT 100`,
    ]);
    const stats = versionStats.safeParse(shown?.stats);
    return {
      ...summary,
      ...{ history: history.map(toVersionSummary), signalsOff: signalsOf(off) },
      ...{ stats: stats.success ? stats.data : null, usedBy },
    };
  },

  snapshot: async (workspaceId: string, versionId: string, tx?: Tx): Promise<VersionSnapshot | null> => {
    const row = await database(tx).datasetVersion.findFirst({
      where: { id: versionId, workspaceId, dataset: { deletedAt: null } },
      select: { ...versionSelect, dataset: { select: { id: true, name: true } } },
    });
    if (!row) return null;
    const { dataset, ...version } = row;
    const { id, number, status, rows, trainRows, validationRows, holdoutRows, maxExampleTokens } = version;
    return {
      ...{ versionId: id, datasetId: dataset.id, datasetName: dataset.name, number, status },
      ...{ rows, trainRows, validationRows, holdoutRows, maxExampleTokens },
      trainTokens: Number(version.trainTokens),
      trainableTokens: Number(version.trainableTokens),
    };
  },

  counts: async (workspaceId: string): Promise<{ datasets: number; importing: number }> => {
    const [datasets, importing] = await Promise.all([
      database().dataset.count({ where: { workspaceId, deletedAt: null } }),
      database().datasetVersion.count({
        where: { workspaceId, status: { in: ['pending', 'importing'] }, dataset: { deletedAt: null } },
      }),
    ]);
    return { datasets, importing };
  },
};

export type DatasetQueries = typeof datasetQueries;

async function withVersions(rows: readonly Row[]): Promise<DatasetSummary[]> {
  const ids = new Set(rows.flatMap(({ versionId, newestId }) => [versionId, newestId]));
  const found = await database().datasetVersion.findMany({ where: { id: { in: [...ids] } }, select: versionSelect });
  const byId = new Map(found.map((version) => [version.id, toVersionSummary(version)]));
  return rows.flatMap(({ versionId, newestId, rows: _rows, signalsOff: _off, ...dataset }) => {
    const version = byId.get(versionId);
    if (!version) return [];
    return [{ ...dataset, version, pending: newestId === versionId ? null : (byId.get(newestId) ?? null) }];
  });
}

const like = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
