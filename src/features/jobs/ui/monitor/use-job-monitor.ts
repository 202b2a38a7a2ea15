'use client';

import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { trpc } from '@/trpc/client';
import { isEnded } from '../../job.rules';
import type { JobDetail } from '../../job.schema';
import { eventsQuery, metricsQuery } from './monitor-queries';
import { byStep, foldUpdate, mergeEvents, mergePoints, startMonitor } from './monitor-state';

/** A job that ended longer ago tells nothing more. */
const QUIET_MS = 10 * 60_000;

/**
 * One job as it happens: what was loaded, plus the stream from the moment it was loaded. Curve and events are loaded after the
 * job, so nothing can fall between; should numbers be missing all the same, both are loaded again.
 *
 * @param initial the job as it was first loaded: the stream resumes after its last event
 */
export function useJobMonitor(initial: JobDetail) {
  const { id } = initial;
  const [state, dispatch] = useReducer(foldUpdate, initial, startMonitor);
  const metrics = trpc.jobs.metrics.useQuery(metricsQuery(id), {
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
  });
  const events = trpc.jobs.events.useInfiniteQuery(eventsQuery(id), {
    getNextPageParam: (page) => page.nextCursor,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
  });
  const [live] = useState(() => !isEnded(initial.status) || !quiet(initial));
  const stream = trpc.jobs.watch.useSubscription(
    { id, after: initial.lastEventSeq },
    { enabled: live, onData: ({ data }) => dispatch({ update: data, at: Date.now() }) },
  );
  useMissing(state.gaps, () => {
    void metrics.refetch();
    void events.refetch();
  });
  useEverything(events);
  useRefreshLists(state.job);

  const points = useMemo(
    () => byStep(mergePoints(mergePoints(new Map(), metrics.data ?? []), [...state.points.values()])),
    [metrics.data, state.points],
  );
  const told = useMemo(
    () => mergeEvents(mergeEvents([], events.data?.pages.flatMap((page) => page.items) ?? []), state.events),
    [events.data, state.events],
  );
  return {
    job: state.job,
    points,
    events: told,
    newest: state.newest,
    receivedAt: state.receivedAt,
    loading: metrics.isPending,
    error: metrics.error ?? events.error,
    connection: live ? connectionOf(stream.status) : ('off' as const),
    streamError: stream.status === 'error' ? stream.error : null,
    reconnect: stream.reset,
  };
}

export type JobMonitorView = ReturnType<typeof useJobMonitor>;

const quiet = (job: JobDetail): boolean => job.endedAt !== null && Date.now() - job.endedAt.getTime() > QUIET_MS;

/** In the typed client `pending` means: connected, waiting for the next message. */
const connectionOf = (status: string): 'live' | 'reconnecting' => (status === 'pending' ? 'live' : 'reconnecting');

function useMissing(gaps: number, reload: () => void): void {
  const seen = useRef(0);
  useEffect(() => {
    if (gaps === seen.current) return;
    seen.current = gaps;
    reload();
  }, [gaps, reload]);
}

/** There are few events that are no metrics: all pages are read, so that the newest can stand on top. */
function useEverything(query: { hasNextPage: boolean; isFetching: boolean; fetchNextPage: () => unknown }): void {
  const { hasNextPage, isFetching, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching) fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
}

/** Lists and tray show another state, and a new model is there, once the job has moved. */
function useRefreshLists(job: JobDetail): void {
  const utils = trpc.useUtils();
  const { status, model } = job;
  const modelId = model?.id;
  const seen = useRef({ status, modelId });
  useEffect(() => {
    if (seen.current.status === status && seen.current.modelId === modelId) return;
    seen.current = { status, modelId };
    void utils.jobs.list.invalidate();
    void utils.budgets.summary.invalidate();
    if (modelId !== undefined) void utils.models.list.invalidate();
  }, [status, modelId, utils]);
}
