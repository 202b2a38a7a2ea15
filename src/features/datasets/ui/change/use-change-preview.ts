'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { trpc } from '@/trpc/client';
import type { DatasetChange } from '../../change.schema';

const WAIT_MS = 300;

/** A value once it has stood still for a moment, so that not every letter is asked about. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), WAIT_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

interface Asked {
  datasetId: string;
  versionId: string;
  /** Null while an input is missing. */
  change: DatasetChange | null;
}

/** What a change would do to that version. Versions never change, so an answer stays true. */
export function useChangePreview({ datasetId, versionId, change }: Asked) {
  const { client } = trpc.useUtils();
  const query = useQuery({
    queryKey: ['dataset-change-preview', datasetId, versionId, change],
    queryFn: () => (change ? client.datasets.previewChange.mutate({ datasetId, versionId, change }) : null),
    enabled: change !== null,
    placeholderData: (previous) => previous,
    staleTime: Number.POSITIVE_INFINITY,
    // The key holds the whole example; it is not kept longer than it is looked at.
    gcTime: 0,
    retry: false,
  });
  const preview = change === null ? undefined : (query.data ?? undefined);
  return { preview, stale: query.isFetching, error: query.error, retry: () => void query.refetch() };
}
