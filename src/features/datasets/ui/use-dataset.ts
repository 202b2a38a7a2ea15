'use client';

import { trpc } from '@/trpc/client';
import type { DatasetDetail } from '../dataset.schema';

/** The dataset, kept true by one subscription: import progress, a new version, another name. */
export function useDataset(id: string) {
  const utils = trpc.useUtils();
  const query = trpc.datasets.get.useQuery({ id }, { refetchOnWindowFocus: false });
  const live = trpc.datasets.watch.useSubscription(
    { id },
    {
      onData: ({ data }) => {
        const before = utils.datasets.get.getData({ id });
        utils.datasets.get.setData({ id }, data);
        if (before && ended(before, data)) {
          void utils.datasets.examples.invalidate({ datasetId: id });
          void utils.datasets.report.invalidate({ datasetId: id });
          void utils.datasets.problems.invalidate({ datasetId: id });
          void utils.datasets.scores.invalidate({ datasetId: id });
          void utils.datasets.list.invalidate();
        }
      },
    },
  );
  return { query, dataset: query.data, live };
}

/** A version has another state than before: what was read of it may be out of date. */
const ended = (before: DatasetDetail, after: DatasetDetail): boolean =>
  after.history.some((version) => before.history.find(({ id }) => id === version.id)?.status !== version.status);
