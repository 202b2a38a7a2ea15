import { datasetNotFound, versionNotFound } from '../../dataset.errors';
import type { DatasetDeps } from '../dataset.service';

/** The version that was named, or the newest one of the dataset. @throws not_found, also for another workspace's */
export async function chooseVersion(
  { repo }: Pick<DatasetDeps, 'repo'>,
  workspaceId: string,
  { datasetId, versionId }: { datasetId: string; versionId?: string | undefined },
) {
  if (!(await repo.find(workspaceId, datasetId))) throw datasetNotFound();
  const version = await repo.findVersion(workspaceId, datasetId, versionId);
  if (!version) throw versionNotFound();
  return version;
}
