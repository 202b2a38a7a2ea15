'use client';

import { Rows3 } from 'lucide-react';
import { useCallback } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';
import { isImporting } from '../dataset-status';
import { ExamplePanel } from './example-panel';
import { ExampleTable } from './example-table';
import { FilterBar } from './filter-bar';
import { type ExampleFilters, useExampleFilters } from './use-example-filters';

const LIMIT = 100;

/** The rows of a version, and the open one beside them. */
export function Preview({ dataset, version }: { dataset: DatasetDetail; version: VersionSummary }) {
  const filters = useExampleFilters();
  const { input, setFilters } = filters;
  const query = trpc.datasets.examples.useInfiniteQuery(
    { datasetId: dataset.id, versionId: version.id, limit: LIMIT, ...input },
    {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (previous) => previous,
      enabled: version.status === 'ready',
    },
  );
  const open = useCallback((example: string | null) => void setFilters({ example }), [setFilters]);
  if (version.status !== 'ready') return <NotReady version={version} />;
  const rows = query.data?.pages.flatMap((page) => page.items);
  const active = filters.filters.example;
  return (
    <div className="grid gap-3">
      <FilterBar {...filters} />
      {query.error && !rows ? (
        <ErrorPanel title="Examples could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <div
          className={cn('grid items-start gap-4', active !== null && 'lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]')}
        >
          <Card flush className="overflow-hidden">
            <ExampleTable
              rows={rows}
              activeId={active}
              onOpen={open}
              empty={<NothingFound filters={filters} />}
              more={{
                available: query.hasNextPage,
                pending: query.isFetchingNextPage,
                onMore: () => void query.fetchNextPage(),
              }}
            />
            {rows && rows.length > 0 && (
              <p className="border-t px-3 py-1.5 text-muted text-sm">
                {tally(rows.length, query.hasNextPage, filters.filtered, version.rows)}
              </p>
            )}
          </Card>
          {active !== null && (
            <ExamplePanel datasetId={dataset.id} id={active} neighbours={neighbours(rows, active)} onOpen={open} />
          )}
        </div>
      )}
    </div>
  );
}

function tally(shown: number, more: boolean, filtered: boolean, all: number): string {
  if (!filtered) return `${formatCount(all)} ${all === 1 ? 'example' : 'examples'}`;
  return more
    ? `${formatCount(shown)} matches so far, more below`
    : `${formatCount(shown)} of ${formatCount(all)} match`;
}

function neighbours(rows: readonly { id: string }[] | undefined, id: string) {
  const at = rows?.findIndex((row) => row.id === id) ?? -1;
  return { before: at > 0 ? rows?.[at - 1]?.id : undefined, after: at >= 0 ? rows?.[at + 1]?.id : undefined };
}

function NotReady({ version }: { version: VersionSummary }) {
  return (
    <Card flush>
      <EmptyState icon={<Rows3 />}>
        {isImporting(version.status)
          ? 'Examples appear here as soon as the check has ended.'
          : 'This version has no examples: its file could not be used.'}
      </EmptyState>
    </Card>
  );
}

function NothingFound({ filters }: { filters: ExampleFilters }) {
  if (!filters.filtered) return <EmptyState icon={<Rows3 />}>This version has no examples.</EmptyState>;
  return (
    <EmptyState icon={<Rows3 />} actions={<Button onClick={filters.clear}>Clear filters</Button>}>
      {filters.filters.line === null
        ? 'No example matches these filters.'
        : `Line ${filters.filters.line} is not among the examples: a row with an error is left out.`}
    </EmptyState>
  );
}
