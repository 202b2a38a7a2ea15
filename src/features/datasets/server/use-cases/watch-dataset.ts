import type { Actor } from '@/lib/actor';
import { liveWakeups } from '@/platform/live/live-bus';
import type { DatasetDetail } from '../../dataset.schema';
import { datasetTopic } from '../dataset.events';
import type { DatasetDeps } from '../dataset.service';
import { getDataset } from './manage-datasets';

/** The dataset now, and again whenever something about it has changed. @throws not_found once it is deleted */
export const watchDataset = (deps: Pick<DatasetDeps, 'queries'>) =>
  async function* (actor: Actor, id: string, signal: AbortSignal): AsyncGenerator<DatasetDetail> {
    const read = getDataset(deps);
    let told = '';
    for await (const _wake of liveWakeups([datasetTopic(id)], signal)) {
      const dataset = await read(actor, id);
      const state = JSON.stringify(dataset);
      if (state === told) continue;
      told = state;
      yield dataset;
    }
  };
