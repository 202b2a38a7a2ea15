'use client';

import { useQueryStates } from 'nuqs';
import { trpc } from '@/trpc/client';
import { isImporting } from '../dataset-status';
import { datasetFilters, datasetListQuery } from './dataset-filters';

const IMPORTING_REFRESH_MS = 1000;

/** The list as the address asks for it; looks again every second while something is being checked. */
export function useDatasetList() {
  const [filters, setFilters] = useQueryStates(datasetFilters);
  const query = trpc.datasets.list.useInfiniteQuery(datasetListQuery(filters), {
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (previous) => previous,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some((one) => isImporting((one.pending ?? one.version).status)))
        ? IMPORTING_REFRESH_MS
        : false,
  });
  return { query, filters, setFilters, rows: query.data?.pages.flatMap((page) => page.items) };
}
