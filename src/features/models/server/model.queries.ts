import { decodeCursor, type Page, toPage } from '@/lib/keyset';
import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import { modelLabel } from '../model.rules';
import { type ModelDetail, type ModelListInput, type ModelSummary, modelProof } from '../model.schema';

interface Row {
  id: string;
  family: string;
  version: number;
  status: ModelSummary['status'];
  baseModel: string;
  providerModelId: string;
  proof: unknown;
  shutdownOn: Date | null;
  createdAt: Date;
  jobId: string;
  jobName: string;
  datasetId: string;
  datasetName: string;
  datasetVersionId: string;
  datasetVersion: number;
  connectionId: string;
  connectionLabel: string;
  connectionKind: string;
}

// One round trip with the names a person reads beside each id.
const select = Prisma.sql`
  SELECT m.id, m.family, m.version, m.status, m.base_model AS "baseModel", m.provider_model_id AS "providerModelId",
    m.proof, m.shutdown_on AS "shutdownOn", m.created_at AS "createdAt", m.job_id AS "jobId", j.name AS "jobName",
    m.dataset_id AS "datasetId", d.name AS "datasetName", m.dataset_version_id AS "datasetVersionId",
    v.number AS "datasetVersion", m.connection_id AS "connectionId", c.label AS "connectionLabel", c.kind AS "connectionKind"
  FROM fine_tuned_models m
  JOIN fine_tuning_jobs j ON j.id = m.job_id
  JOIN fine_tuning_datasets d ON d.id = m.dataset_id
  JOIN dataset_versions v ON v.id = m.dataset_version_id
  JOIN provider_connections c ON c.id = m.connection_id`;

export const modelQueries = {
  /** Index: fine_tuned_models(workspace_id, id desc). */
  list: async (workspaceId: string, input: ModelListInput): Promise<Page<ModelSummary>> => {
    const [before] = decodeCursor(input.cursor) ?? [];
    const where = [
      Prisma.sql`m.workspace_id = ${workspaceId}::uuid AND m.deleted_at IS NULL`,
      ...(before ? [Prisma.sql`m.id < ${before}::uuid`] : []),
      ...(input.status ? [Prisma.sql`m.status = ${input.status}`] : []),
      ...(input.datasetId ? [Prisma.sql`m.dataset_id = ${input.datasetId}::uuid`] : []),
      ...(input.search
        ? [Prisma.sql`(m.family ILIKE ${like(input.search)} OR m.base_model ILIKE ${like(input.search)})`]
        : []),
    ];
    const rows = await database().$queryRaw<Row[]>`
      ${select} WHERE ${Prisma.join(where, ' AND ')} ORDER BY m.id DESC LIMIT ${input.limit + 1}`;
    return toPage(rows.map(toSummary), input.limit, (row) => [row.id]);
  },

  get: async (workspaceId: string, id: string): Promise<Omit<ModelDetail, 'usedBy'> | null> => {
    const [row] = await database().$queryRaw<Row[]>`
      ${select} WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = ${id}::uuid AND m.deleted_at IS NULL`;
    if (!row) return null;
    const versions = await database().fineTunedModel.findMany({
      where: { workspaceId, family: row.family, deletedAt: null },
      orderBy: { version: 'desc' },
      take: 50,
      select: { id: true, version: true, createdAt: true },
    });
    return { ...toSummary(row), proof: modelProof.nullable().parse(row.proof ?? null), versions };
  },

  count: (workspaceId: string): Promise<number> =>
    database().fineTunedModel.count({ where: { workspaceId, deletedAt: null } }),
};

export type ModelQueries = typeof modelQueries;

function toSummary(row: Row): ModelSummary {
  const proof = modelProof
    .omit({ rows: true })
    .nullable()
    .parse(row.proof ?? null);
  const { id, family, version, status, baseModel, providerModelId, shutdownOn, createdAt } = row;
  return {
    ...{ id, family, version, status, baseModel, providerModelId, shutdownOn, createdAt, proof },
    label: modelLabel(family, version),
    job: { id: row.jobId, name: row.jobName },
    dataset: { id: row.datasetId, name: row.datasetName, version: row.datasetVersion, versionId: row.datasetVersionId },
    connection: { id: row.connectionId, name: row.connectionLabel, kind: row.connectionKind },
  };
}

const like = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
