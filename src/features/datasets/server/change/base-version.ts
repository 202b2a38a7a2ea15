import type { Tx } from '@/lib/transaction';
import { versionNotChangeable, versionOutdated, versionUnderWay } from '../../change.errors';
import { datasetNotFound, versionNotFound } from '../../dataset.errors';
import type { DatasetDeps } from '../dataset.service';

/**
 * The version that a change starts from: the one that was looked at, when it is ready and nothing newer is there or on its
 * way. A newer one that failed or was cancelled does not count.
 * @throws not_found; conflict `datasets.version_outdated`, `datasets.version_under_way`; precondition_failed `datasets.version_not_ready`
 */
export async function findBase(
  { repo, changeReads }: Pick<DatasetDeps, 'repo' | 'changeReads'>,
  workspaceId: string,
  { datasetId, versionId }: { datasetId: string; versionId: string },
  tx?: Tx,
) {
  const dataset = await repo.find(workspaceId, datasetId, tx);
  if (!dataset) throw datasetNotFound();
  const base = await changeReads.version(datasetId, { id: versionId }, tx);
  if (!base) throw versionNotFound();
  if (base.status !== 'ready') throw versionNotChangeable(base.number, base.status);
  const newer = (await changeReads.newest(workspaceId, datasetId, tx)).filter(({ number }) => number > base.number);
  const ready = newer.find(({ status }) => status === 'ready');
  if (ready) throw versionOutdated(base.number, ready.number);
  const underWay = newer.find(({ status }) => status === 'pending' || status === 'importing');
  if (underWay) throw versionUnderWay(underWay.number, underWay.status);
  return { dataset, base };
}

export type BaseVersion = Awaited<ReturnType<typeof findBase>>['base'];
