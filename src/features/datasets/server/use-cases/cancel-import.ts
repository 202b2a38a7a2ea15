import type { Actor } from '@/lib/actor';
import { importOver } from '../../dataset.errors';
import type { DatasetDeps } from '../dataset.service';
import { chooseVersion } from './choose-version';

/** Whoever reads the file notices within half a second and keeps nothing. @throws conflict `datasets.import_over` */
export const cancelImport =
  ({ repo, imports }: Pick<DatasetDeps, 'repo' | 'imports'>) =>
  async (actor: Actor, ref: { datasetId: string; versionId: string }): Promise<void> => {
    actor.require('datasets:write');
    const { workspaceId } = actor;
    const version = await chooseVersion({ repo }, workspaceId, ref);
    const count = await imports.cancel(workspaceId, version.id, `Cancelled by ${actor.label}.`);
    if (count === 0) throw importOver((await imports.state(workspaceId, version.id))?.status ?? 'deleted');
    await repo.announce(undefined, workspaceId, version.datasetId);
  };
