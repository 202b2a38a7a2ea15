import type { Actor } from '@/lib/actor';
import { logger } from '@/platform/logger/logger';
import { datasetInUse, datasetNotFound } from '../../dataset.errors';
import type { DatasetDeps } from '../dataset.service';

type Deps = Pick<DatasetDeps, 'repo' | 'storage' | 'audit' | 'inTransaction' | 'clock'>;

/**
 * Removes a dataset with its examples and files. The row itself stays, so that old jobs can still say what they were.
 * @throws conflict `datasets.in_use`
 */
export const deleteDataset =
  ({ repo, storage, audit, inTransaction, clock }: Deps) =>
  async (actor: Actor, id: string): Promise<void> => {
    actor.require('datasets:write');
    const { workspaceId } = actor;
    const files = await inTransaction(async (tx) => {
      const dataset = (await repo.lock(tx, workspaceId, id)) && (await repo.find(workspaceId, id, tx));
      if (!dataset) throw datasetNotFound();
      const uses = await repo.usesOf(workspaceId, { datasetId: id });
      if (uses.length > 0) throw datasetInUse(dataset.name, uses);
      const keys = await repo.markDeleted(tx, workspaceId, id, clock.now());
      const details = { name: dataset.name };
      await audit(tx, actor, { action: 'dataset.deleted', subject: 'dataset', subjectId: id, details });
      await repo.announce(tx, workspaceId, id);
      return keys;
    });
    // After the commit: bytes without a row are only waste, a row without its bytes would be a lie.
    await storage.remove(files).catch((error: unknown) => {
      logger.warn({ err: String(error), datasetId: id, files: files.length }, 'files of a deleted dataset remain');
    });
  };
