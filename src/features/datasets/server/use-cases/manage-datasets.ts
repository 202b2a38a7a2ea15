import type { Actor } from '@/lib/actor';
import type { Page } from '@/lib/keyset';
import { datasetNotFound } from '../../dataset.errors';
import type { DatasetDetail, DatasetListInput, DatasetSummary, DatasetUpdateInput } from '../../dataset.schema';
import type { DatasetDeps } from '../dataset.service';

export const listDatasets =
  ({ queries }: Pick<DatasetDeps, 'queries'>) =>
  (actor: Actor, input: DatasetListInput): Promise<Page<DatasetSummary>> => {
    actor.require('datasets:read');
    return queries.list(actor.workspaceId, input);
  };

export const getDataset =
  ({ queries }: Pick<DatasetDeps, 'queries'>) =>
  async (actor: Actor, id: string): Promise<DatasetDetail> => {
    actor.require('datasets:read');
    const dataset = await queries.get(actor.workspaceId, id);
    if (!dataset) throw datasetNotFound();
    return dataset;
  };

export const updateDataset =
  ({ repo, queries }: Pick<DatasetDeps, 'repo' | 'queries'>) =>
  async (actor: Actor, { id, ...change }: DatasetUpdateInput): Promise<DatasetDetail> => {
    actor.require('datasets:write');
    const { count } = await repo.update(actor.workspaceId, id, change);
    if (count === 0) throw datasetNotFound();
    await repo.announce(undefined, actor.workspaceId, id);
    return getDataset({ queries })(actor, id);
  };
