import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';
import type { ModelProof } from '../model.schema';

export interface NewModel {
  workspaceId: string;
  family: string;
  jobId: string;
  datasetId: string;
  datasetVersionId: string;
  connectionId: string;
  baseModel: string;
  providerModelId: string;
  priceSnapshot: Record<string, unknown> | null;
  shutdownOn: Date | null;
}

export const modelRepository = {
  findByJob: (tx: Tx, jobId: string) =>
    database(tx).fineTunedModel.findUnique({ where: { jobId }, select: { id: true, family: true, version: true } }),

  /** Serialises two jobs of one family that end together: version numbers have no holes and no clash. */
  nextVersion: async (tx: Tx, workspaceId: string, family: string): Promise<number> => {
    await database(tx).$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${workspaceId}/${family}`}, 7))`;
    const newest = await database(tx).fineTunedModel.aggregate({
      where: { workspaceId, family },
      _max: { version: true },
    });
    return (newest._max.version ?? 0) + 1;
  },

  /** `share` keeps the model from being deleted, `delete` keeps others from using it, until the transaction ends. */
  lock: async (tx: Tx, workspaceId: string, id: string, purpose: 'share' | 'delete'): Promise<boolean> => {
    const rows =
      purpose === 'delete'
        ? await database(tx).$queryRaw<unknown[]>`
            SELECT id FROM fine_tuned_models
            WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid AND deleted_at IS NULL FOR UPDATE`
        : await database(tx).$queryRaw<unknown[]>`
            SELECT id FROM fine_tuned_models
            WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid AND deleted_at IS NULL FOR SHARE`;
    return rows.length > 0;
  },

  insert: (tx: Tx, { priceSnapshot, ...model }: NewModel, version: number) =>
    database(tx).fineTunedModel.create({
      data: {
        ...model,
        version,
        status: 'evaluating',
        ...(priceSnapshot && { priceSnapshot: priceSnapshot as object }),
      },
      select: { id: true, family: true, version: true },
    }),

  saveProof: (workspaceId: string, id: string, proof: ModelProof) =>
    database().fineTunedModel.updateMany({
      where: { id, workspaceId, status: { in: ['evaluating', 'ready'] } },
      data: { proof: proof as object, status: 'ready' },
    }),

  setStatus: (workspaceId: string, id: string, status: string) =>
    database().fineTunedModel.updateMany({ where: { id, workspaceId, deletedAt: null }, data: { status } }),

  markDeleted: (tx: Tx, workspaceId: string, id: string, at: Date) =>
    database(tx).fineTunedModel.updateMany({
      where: { id, workspaceId, deletedAt: null },
      data: { status: 'deleted', deletedAt: at },
    }),
};

export type ModelRepository = typeof modelRepository;
