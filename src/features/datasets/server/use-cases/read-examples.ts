import type { Actor } from '@/lib/actor';
import type { Page } from '@/lib/keyset';
import { datasetNotFound, exampleNotFound } from '../../dataset.errors';
import type { ExampleDetail, ExampleListInput, ExampleSummary } from '../../dataset.schema';
import type { DatasetDeps } from '../dataset.service';
import { chooseVersion } from './choose-version';

type Deps = Pick<DatasetDeps, 'repo' | 'examples'>;

/** Only a ready version has examples: what an import has read so far is not shown. */
export const listExamples =
  ({ repo, examples }: Deps) =>
  async (actor: Actor, input: ExampleListInput): Promise<Page<ExampleSummary>> => {
    actor.require('datasets:read');
    const version = await chooseVersion({ repo }, actor.workspaceId, input);
    return version.status === 'ready' ? examples.list(version, input) : { items: [], nextCursor: null };
  };

export const getExample =
  ({ repo, examples }: Deps) =>
  async (actor: Actor, { datasetId, id }: { datasetId: string; id: string }): Promise<ExampleDetail> => {
    actor.require('datasets:read');
    if (!(await repo.find(actor.workspaceId, datasetId))) throw datasetNotFound();
    const example = await examples.get(datasetId, id);
    if (!example) throw exampleNotFound();
    return example;
  };

/** What has become of a row in another version; null when it is not there any more. */
export const exampleNow =
  ({ repo, examples }: Deps) =>
  async (actor: Actor, ref: { datasetId: string; versionId: string; id: string }): Promise<ExampleDetail | null> => {
    actor.require('datasets:read');
    return examples.now(await chooseVersion({ repo }, actor.workspaceId, ref), ref.id);
  };
