'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { trpc } from '@/trpc/client';
import type { ExampleFilter } from '../../change.schema';
import type { ExampleSummary, VersionSummary } from '../../dataset.schema';
import type { ExampleSort } from '../../example-sort.rules';
import { CountedTrail } from './page-trail';
import { placeOf } from './preview-place';

export const PAGE_ROWS = 200;
/** Pages kept on either side of what is in sight; the others are let go and asked for again when they are needed. */
const KEPT_PAGES = 15;

export interface ExampleRows {
  /** What is loaded, or undefined while nothing is. */
  rows: readonly ExampleSummary[] | undefined;
  /** Index in the whole list of the first loaded row. */
  first: number;
  /** Rows known to be there, loaded or not; without filters all of them. */
  count: number;
  /** Whether rows follow that nobody has seen yet. */
  more: boolean;
  /** Index of the row that was on top when the list was left. */
  top: number;
  remember: (top: number) => void;
  /** Loads what these rows need: the page before or after, or, far from what is loaded, the page they are on. */
  need: (from: number, to: number) => void;
  error: unknown;
  retry: () => void;
}

/** The rows of a version that match, a window of some thousand over however many there are. */
export function useExampleRows(
  datasetId: string,
  version: VersionSummary,
  { filter, sort }: { filter: ExampleFilter; sort: ExampleSort },
): ExampleRows {
  const client = useQueryClient();
  const utils = trpc.useUtils();
  // The next version of a dataset is shown at the same place: keys stay good when rows before them come or go.
  const list = JSON.stringify([datasetId, filter, sort]);
  const place = useMemo(() => placeOf(client, list), [client, list]);
  const input = useMemo(
    () => ({ datasetId, versionId: version.id, limit: PAGE_ROWS, ...filter, ...(sort !== 'file' && { sort }) }),
    [datasetId, version.id, filter, sort],
  );
  // All rows are counted; how many match a filter is not known before they have been gone through.
  // And only in file order can a list be entered anywhere.
  const total = Object.keys(filter).length === 0 && sort === 'file' ? version.rows : null;
  const trail = useMemo(() => (total === null ? place.trail : new CountedTrail(total, PAGE_ROWS)), [total, place]);
  const [jumps, setJumps] = useState(0);
  const query = trpc.datasets.examples.useInfiniteQuery(input, {
    initialCursor: trail.at(Math.floor(place.top / PAGE_ROWS)),
    getNextPageParam: (page, _pages, cursor) => trail.after(cursor ?? '', page.nextCursor),
    getPreviousPageParam: (_page, _pages, cursor) => trail.before(cursor ?? ''),
    maxPages: KEPT_PAGES,
    // A version never changes.
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (previous) => previous,
    enabled: version.status === 'ready',
  });
  const { data, isPlaceholderData } = query;
  const cursors = data?.pageParams;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  if (data && !isPlaceholderData)
    data.pages.forEach((page, index) => {
      trail.note(data.pageParams[index] ?? '', page.nextCursor);
    });
  const first = Math.max(0, trail.indexOf(cursors?.[0] ?? '')) * PAGE_ROWS;
  const loadedEnd = first + (rows?.length ?? 0);
  const known = (trail.length - 1) * PAGE_ROWS;

  // A jump begins anew on another page. The query must know of that page first, which it does after the render.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a jump begins anew, not another list
  useEffect(() => {
    if (jumps > 0) void utils.datasets.examples.reset(input);
  }, [jumps]);

  const { fetchNextPage, fetchPreviousPage, hasNextPage, hasPreviousPage, isFetching, isError } = query;
  const need = useCallback(
    (from: number, to: number) => {
      if (isFetching || isError) return;
      const apart = Math.max(first - to, from - loadedEnd);
      if (apart > PAGE_ROWS) {
        place.top = from;
        setJumps((before) => before + 1);
      } else if (from < first && hasPreviousPage) void fetchPreviousPage();
      else if (to >= loadedEnd && hasNextPage) void fetchNextPage();
    },
    [isFetching, isError, first, loadedEnd, hasPreviousPage, hasNextPage, fetchPreviousPage, fetchNextPage, place],
  );
  return {
    ...{ rows, first, need, error: query.error },
    count: total ?? Math.max(loadedEnd, known),
    more: total === null && (hasNextPage || known > loadedEnd),
    top: place.top,
    remember: (top) => {
      place.top = top;
    },
    retry: () => void query.refetch(),
  };
}
