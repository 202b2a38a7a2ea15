'use client';

import { trpc } from '@/trpc/client';
import type { DatasetDetail, VersionSummary } from '../dataset.schema';
import type { VersionScore } from '../score.schema';

/** Mean score and distribution of every ready version, by version, with the signals that count here. */
export function useVersionScores({ id, signalsOff }: Pick<DatasetDetail, 'id' | 'signalsOff'>) {
  const query = trpc.datasets.scores.useQuery(
    { datasetId: id, off: signalsOff },
    // Versions never change; `useDataset` asks again when there is another one.
    {
      ...{ staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false },
      placeholderData: (previous) => previous,
      // Alone: the first time that signals are off the rows are gone through, which the rest of the page need not wait for.
      ...(signalsOff.length > 0 && { trpc: { context: { alone: true } } }),
    },
  );
  const of = (version: Pick<VersionSummary, 'id'>): VersionScore | undefined =>
    query.data?.find(({ versionId }) => versionId === version.id);
  return { of, counting: query.isPlaceholderData, error: query.error, retry: () => void query.refetch() };
}
