import { changeEvent, importEvent } from '../dataset.events';
import type { DatasetDeps } from '../dataset.service';

/** An import stores its progress twice a second; silence for a minute means that nobody runs it. */
const SILENT_MS = 60_000;

/** Starts imports again whose run was lost: an engine may forget, the version's row does not. */
export const reconcileImports =
  ({ imports, inTransaction, outbox }: Pick<DatasetDeps, 'imports' | 'inTransaction' | 'outbox'>) =>
  (): Promise<{ restarted: number }> =>
    inTransaction(async (tx) => {
      const stale = await imports.takeStale(tx, SILENT_MS);
      for (const { workspaceId, versionId, attempt, isChange } of stale)
        await outbox(tx, (isChange ? changeEvent : importEvent)(workspaceId, versionId, attempt));
      return { restarted: stale.length };
    });

export const failImport =
  ({ imports, repo }: Pick<DatasetDeps, 'imports' | 'repo'>) =>
  async (workspaceId: string, versionId: string, message: string): Promise<void> => {
    const datasetId = await imports.giveUp(workspaceId, versionId, message);
    if (datasetId) await repo.announce(undefined, workspaceId, datasetId);
  };
