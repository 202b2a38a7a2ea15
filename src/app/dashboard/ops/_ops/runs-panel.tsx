'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import type { DataColumn } from '@/components/ui/data-table-column';
import { Elapsed } from '@/components/ui/elapsed';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { Select } from '@/components/ui/select';
import { StatusBadge } from '@/components/ui/status-badge';
import { type RouterOutputs, trpc } from '@/trpc/client';
import { RunSheet } from './run-sheet';
import { errorMessage, type Run, runTones } from './run-words';

const ALL = 'all';
const REFRESH_MS = 5000;
const statuses = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;
const statusOptions = [{ value: ALL, label: 'Any state' }, ...statuses.map((value) => ({ value, label: value }))];

export function RunsPanel({ functions }: { functions: RouterOutputs['ops']['overview']['functions'] }) {
  const [status, setStatus] = useQueryState('status', parseAsStringLiteral(statuses));
  const [functionId, setFunctionId] = useQueryState('function');
  const [open, setOpen] = useQueryState('run', { history: 'push' });
  const runs = trpc.ops.runs.useInfiniteQuery(
    { limit: 50, ...(status && { status }), ...(functionId && { functionId }) },
    { getNextPageParam: (page) => page.nextCursor, refetchInterval: REFRESH_MS },
  );
  if (runs.error) {
    return <ErrorPanel title="Runs could not be loaded" error={runs.error} onRetry={() => void runs.refetch()} />;
  }
  const functionOptions = [
    { value: ALL, label: 'Every function' },
    ...functions.map((one) => ({ value: one.id, label: one.name })),
  ];
  return (
    <Card
      flush
      title="Runs"
      actions={
        <>
          <Select
            aria-label="Function"
            size="sm"
            className="w-44 max-sm:hidden"
            options={functionOptions}
            value={functionId ?? ALL}
            onValueChange={(next) => void setFunctionId(next === ALL ? null : next)}
          />
          <Select
            aria-label="State"
            size="sm"
            className="w-32"
            options={statusOptions}
            value={status ?? ALL}
            onValueChange={(next) => void setStatus(statuses.find((one) => one === next) ?? null)}
          />
        </>
      }
    >
      <DataTable
        label="Runs"
        rows={runs.data?.pages.flatMap((page) => page.items)}
        columns={columns}
        rowId={(run) => run.id}
        onRowClick={(run) => void setOpen(run.id)}
        activeId={open ?? undefined}
        empty={<EmptyState>Imports, jobs and maintenance show up here as they run.</EmptyState>}
        more={{
          available: runs.hasNextPage,
          pending: runs.isFetchingNextPage,
          onMore: () => void runs.fetchNextPage(),
        }}
      />
      {open !== null && <RunSheet id={open} onClose={() => void setOpen(null)} />}
    </Card>
  );
}

const columns: DataColumn<Run>[] = [
  { id: 'function', header: 'Function', cell: (run) => run.functionName ?? run.functionId },
  {
    id: 'status',
    header: 'State',
    narrow: 'value',
    cell: (run) => (
      <StatusBadge tone={runTones[run.status]} busy={run.status === 'running'}>
        {run.status}
      </StatusBadge>
    ),
  },
  {
    id: 'event',
    header: 'Event',
    cell: (run) => <code className="font-mono text-muted text-xs">{run.eventName}</code>,
  },
  {
    id: 'error',
    header: 'Error',
    cell: (run) => <span className="block max-w-80 truncate text-muted">{errorMessage(run.error)}</span>,
  },
  {
    id: 'took',
    header: 'Took',
    align: 'right',
    cell: (run) => (run.startedAt ? <Elapsed since={run.startedAt} until={run.endedAt} /> : '–'),
  },
  {
    id: 'created',
    header: 'Began',
    align: 'right',
    narrow: 'value',
    cell: (run) => <RelativeTime date={run.createdAt} />,
  },
];
