import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import { notifyLive } from '@/platform/live/live-bus';
import type { FlagName } from '../flag.rules';
import type { FormatChoice } from '../formats/format.schema';
import { signalBits } from '../score.rules';
import { NEW_PLAN } from '../split.rules';
import { datasetListTopic, datasetTopic } from './dataset.events';

export interface NewVersion {
  workspaceId: string;
  datasetId: string;
  source: string;
  sourceLabel: string | null;
  fileKey: string;
  fileName: string;
  bytes: number;
  /** Null: found out when the file is read. */
  format: FormatChoice | null;
  createdById: string | null;
  createdByLabel: string;
}

/** Decides with the content alone how a dataset is dealt out, until somebody deals it out anew. */
const SEED = 42;

export const datasetRepository = {
  find: (workspaceId: string, id: string, tx?: Tx) =>
    database(tx).dataset.findFirst({ where: { workspaceId, id, deletedAt: null } }),

  /** A version of this dataset, the newest when none is named; null when there is no such one in the workspace. */
  findVersion: (workspaceId: string, datasetId: string, id?: string) =>
    database().datasetVersion.findFirst({
      where: { workspaceId, datasetId, ...(id !== undefined && { id }) },
      orderBy: { number: 'desc' },
      omit: { analysis: true },
    }),

  /** Whoever imported this file, in any workspace: the caller tells its own from others'. */
  findByFileKey: (fileKey: string) =>
    database().datasetVersion.findUnique({
      where: { fileKey },
      select: { id: true, workspaceId: true, datasetId: true },
    }),

  /** Names in the workspace that begin like this one, capitals or not. Index: fine_tuning_datasets(workspace_id, id). */
  namesLike: async (tx: Tx, workspaceId: string, name: string): Promise<string[]> => {
    const rows = await database(tx).$queryRaw<{ name: string }[]>`
      SELECT name FROM fine_tuning_datasets
      WHERE workspace_id = ${workspaceId}::uuid AND deleted_at IS NULL AND starts_with(lower(name), lower(${name}))`;
    return rows.map((row) => row.name);
  },

  insert: (tx: Tx, dataset: { workspaceId: string; name: string; createdById: string | null }) =>
    database(tx).dataset.create({ data: dataset, select: { id: true } }),

  update: (
    workspaceId: string,
    id: string,
    change: {
      name?: string | undefined;
      description?: string | null | undefined;
      signalsOff?: readonly FlagName[] | undefined;
    },
  ) =>
    database().dataset.updateMany({
      where: { id, workspaceId, deletedAt: null },
      data: {
        ...(change.name !== undefined && { name: change.name }),
        ...(change.description !== undefined && { description: change.description || null }),
        ...(change.signalsOff !== undefined && { signalsOff: signalBits(change.signalsOff) }),
      },
    }),

  /** The dataset's row lock makes version numbers gapless. @returns false when it is not there (any more) */
  lock: async (tx: Tx, workspaceId: string, id: string): Promise<boolean> => {
    const rows = await database(tx).$queryRaw<unknown[]>`
      SELECT id FROM fine_tuning_datasets
      WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid AND deleted_at IS NULL FOR UPDATE`;
    return rows.length > 0;
  },

  /** Keeps the dataset of a version as it is until the transaction ends; others may do the same at once. */
  shareByVersion: async (tx: Tx, workspaceId: string, versionId: string): Promise<void> => {
    await database(tx).$queryRaw`
      SELECT d.id FROM fine_tuning_datasets d JOIN dataset_versions v ON v.dataset_id = d.id
      WHERE v.id = ${versionId}::uuid AND v.workspace_id = ${workspaceId}::uuid FOR SHARE OF d`;
  },

  /** @returns null when another request has imported this file in the same moment */
  insertVersion: async (tx: Tx, version: NewVersion): Promise<{ id: string; attempt: number } | null> => {
    const newest = await database(tx).datasetVersion.findFirst({
      where: { datasetId: version.datasetId },
      orderBy: { number: 'desc' },
      select: { id: true, number: true, splitSeed: true, splitPlan: true },
    });
    // The next version is dealt out as the one before, or rows that were held out would be trained on.
    const plan = newest ? newest.splitPlan : NEW_PLAN;
    // ON CONFLICT instead of an error: a failed statement would end the whole transaction.
    const [row] = await database(tx).$queryRaw<{ id: string; attempt: number }[]>`
      INSERT INTO dataset_versions (workspace_id, dataset_id, number, parent_id, source, source_label, file_key, file_name,
        bytes, format, status, created_by_id, created_by_label, split_seed, split_plan)
      VALUES (${version.workspaceId}::uuid, ${version.datasetId}::uuid, ${(newest?.number ?? 0) + 1}, ${newest?.id ?? null}::uuid,
        ${version.source}, ${version.sourceLabel}, ${version.fileKey}, ${version.fileName}, ${version.bytes},
        ${version.format && JSON.stringify(version.format)}::jsonb, 'pending',
        ${version.createdById}::uuid, ${version.createdByLabel}, ${newest?.splitSeed ?? SEED},
        ${plan && JSON.stringify(plan)}::jsonb)
      ON CONFLICT (file_key) DO NOTHING RETURNING id, attempt`;
    return row ?? null;
  },

  /** The version after this one that lives on rows from before it: one that was made by a change. Null when there is none. */
  builtOn: async (tx: Tx, datasetId: string, number: number): Promise<number | null> => {
    const next = await database(tx).datasetVersion.findFirst({
      where: { datasetId, number: { gt: number }, status: { in: ['ready', 'pending', 'importing'] } },
      orderBy: { number: 'asc' },
      select: { number: true, source: true },
    });
    return next?.source === 'edit' ? next.number : null;
  },

  touch: (tx: Tx, id: string, at: Date) => database(tx).dataset.update({ where: { id }, data: { updatedAt: at } }),

  /** Names of what was made from a dataset (or one version): jobs that still need it (also to settle what came of them), and models that are there. */
  usesOf: async (workspaceId: string, of: { datasetId: string } | { versionId: string }): Promise<string[]> => {
    const version = 'versionId' in of;
    const rows = await database().$queryRaw<{ label: string }[]>`
      SELECT 'the job "' || j.name || '"' AS label
      FROM fine_tuning_jobs j JOIN dataset_versions v ON v.id = j.dataset_version_id
      WHERE j.workspace_id = ${workspaceId}::uuid AND ${version ? Prisma.sql`v.id = ${of.versionId}::uuid` : Prisma.sql`v.dataset_id = ${of.datasetId}::uuid AND (j.status NOT IN ('succeeded', 'failed', 'cancelled') OR j.charged_nano_usd IS NULL)`}
      UNION ALL
      SELECT 'the model ' || m.family || ' v' || m.version
      FROM fine_tuned_models m
      WHERE m.workspace_id = ${workspaceId}::uuid AND m.deleted_at IS NULL
        AND ${version ? Prisma.sql`m.dataset_version_id = ${of.versionId}::uuid` : Prisma.sql`m.dataset_id = ${of.datasetId}::uuid`}
      LIMIT 100`;
    return rows.map(({ label }) => label);
  },

  /** Hides the dataset and drops its examples. @returns the keys of its files, for the storage to forget */
  markDeleted: async (tx: Tx, workspaceId: string, id: string, at: Date): Promise<string[]> => {
    const versions = await database(tx).datasetVersion.findMany({
      where: { workspaceId, datasetId: id, fileKey: { not: null } },
      select: { fileKey: true },
    });
    await database(tx).dataset.updateMany({
      where: { id, workspaceId, deletedAt: null },
      data: { deletedAt: at, currentVersionId: null },
    });
    await database(tx).datasetVersion.updateMany({
      where: { datasetId: id, status: { in: ['pending', 'importing'] } },
      data: { status: 'cancelled', statusReason: 'The dataset was deleted.', progress: Prisma.DbNull },
    });
    await database(tx).datasetVersion.updateMany({ where: { datasetId: id }, data: { fileKey: null } });
    await database(tx).datasetIssue.deleteMany({ where: { version: { datasetId: id } } });
    await database(tx).trainingExample.deleteMany({ where: { datasetId: id } });
    await database(tx).exampleWords.deleteMany({ where: { datasetId: id } });
    return versions.flatMap(({ fileKey }) => fileKey ?? []);
  },

  /** Tells whoever looks at the dataset, or at the list, to look again. */
  announce: async (tx: Tx | undefined, workspaceId: string, datasetId: string): Promise<void> => {
    await notifyLive(tx, datasetTopic(datasetId));
    await notifyLive(tx, datasetListTopic(workspaceId));
  },
};

export type DatasetRepository = typeof datasetRepository;
