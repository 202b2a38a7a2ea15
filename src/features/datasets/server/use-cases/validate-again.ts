import type { Actor } from '@/lib/actor';
import { fileGone, versionBuiltOn, versionInUse } from '../../dataset.errors';
import type { ImportStarted } from '../../dataset.schema';
import { importEvent } from '../dataset.events';
import type { DatasetDeps } from '../dataset.service';
import { chooseVersion } from './choose-version';

type Deps = Pick<DatasetDeps, 'repo' | 'queries' | 'imports' | 'outbox' | 'inTransaction'>;

/**
 * Reads the stored file of a version once more, from the start. A version that is being read is left to go on.
 * @throws conflict `datasets.version_in_use`, `datasets.version_built_on`; precondition_failed `datasets.file_gone`
 */
export const validateAgain =
  (deps: Deps) =>
  async (actor: Actor, ref: { datasetId: string; versionId?: string }): Promise<ImportStarted> => {
    actor.require('datasets:write');
    const { repo, imports, inTransaction, outbox } = deps;
    const { workspaceId } = actor;
    const version = await chooseVersion(deps, workspaceId, ref);
    const { id: versionId, datasetId, number, fileKey } = version;
    if (!fileKey) throw fileGone();
    await inTransaction(async (tx) => {
      // An import of this dataset that ends in the same moment is waited for.
      await repo.lock(tx, workspaceId, datasetId);
      const later = await repo.builtOn(tx, datasetId, number);
      if (later !== null) throw versionBuiltOn(number, later);
      const uses = await repo.usesOf(workspaceId, { versionId });
      if (uses.length > 0) throw versionInUse(number, uses);
      const attempt = await imports.reopen(tx, workspaceId, versionId);
      if (attempt !== null) await outbox(tx, importEvent(workspaceId, versionId, attempt));
      await repo.announce(tx, workspaceId, datasetId);
    });
    return { datasetId, versionId };
  };
