'use client';

import { GitCompareArrows, Plus, Workflow } from 'lucide-react';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { useCallback, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { PageHeader } from '@/components/ui/page-header';
import { SearchInput } from '@/components/ui/search-input';
import { Select } from '@/components/ui/select';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import { isEnded } from '../../job.rules';
import { jobColumns } from './job-columns';
import { jobFilters, jobListQuery } from './job-filters';

const RUNNING_REFRESH_MS = 1500;

const statusOptions = [
  { value: 'all', label: 'Every state' },
  { value: 'active', label: 'Not ended' },
  { value: 'running', label: 'Running' },
  { value: 'unknown', label: 'Needs a decision' },
  { value: 'succeeded', label: 'Succeeded' },
  { value: 'failed', label: 'Failed' },
  { value: 'cancelled', label: 'Cancelled' },
] as const;

export function JobList() {
  const launches = useMay('jobs:launch');
  const [filters, setFilters] = useQueryStates(jobFilters);
  const query = trpc.jobs.list.useInfiniteQuery(jobListQuery(filters), {
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (previous) => previous,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some((job) => !isEnded(job.status))) ? RUNNING_REFRESH_MS : false,
  });
  const rows = query.data?.pages.flatMap((page) => page.items);
  const { chosen, columns } = useChosen();
  const search = useCallback((text: string) => void setFilters({ q: text || null }), [setFilters]);
  const filtered = filters.q !== '' || filters.status !== 'all';
  return (
    <>
      <PageHeader
        title="Jobs"
        summary="Fine-tuning runs, live while they last."
        actions={
          <>
            {chosen.size > 0 && <CompareButton chosen={chosen} />}
            {launches && (
              <Button asChild variant="primary">
                <Link href="/dashboard/fine-tuning/jobs/new">
                  <Plus aria-hidden />
                  New job
                </Link>
              </Button>
            )}
          </>
        }
      />
      <div className="mb-3 flex flex-wrap gap-2">
        <SearchInput value={filters.q} onChange={search} placeholder="Search jobs" />
        <Select
          aria-label="State"
          className="w-44"
          options={statusOptions}
          value={statusOptions.find(({ value }) => value === filters.status)?.value}
          onValueChange={(status) => void setFilters({ status })}
        />
      </div>
      {query.error && !rows ? (
        <ErrorPanel title="Jobs could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Card flush>
          <DataTable
            label="Jobs"
            columns={columns}
            rows={rows}
            rowId={(job) => job.id}
            rowHref={(job) => `/dashboard/fine-tuning/jobs/${job.id}`}
            sort={{ by: filters.sort, descending: false }}
            onSort={() => void setFilters({ sort: filters.sort === 'name' ? null : 'name' })}
            empty={<NoJobs filtered={filtered} onClear={() => void setFilters({ q: null, status: null })} />}
            more={{
              available: query.hasNextPage,
              pending: query.isFetchingNextPage,
              onMore: () => void query.fetchNextPage(),
            }}
          />
        </Card>
      )}
    </>
  );
}

function useChosen() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const columns = useMemo(
    () =>
      jobColumns({
        chosen,
        onChoose: (id, on) => setChosen((now) => new Set(on ? [...now, id] : [...now].filter((one) => one !== id))),
      }),
    [chosen],
  );
  return { chosen, columns };
}

function CompareButton({ chosen }: { chosen: ReadonlySet<string> }) {
  return (
    <Button asChild>
      <Link href={`/dashboard/fine-tuning/jobs/compare?ids=${[...chosen].join(',')}`}>
        <GitCompareArrows aria-hidden />
        Compare {chosen.size}
      </Link>
    </Button>
  );
}

function NoJobs({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const launches = useMay('jobs:launch');
  if (filtered) {
    return (
      <EmptyState icon={<Workflow />} actions={<Button onClick={onClear}>Show every job</Button>}>
        No job matches this search.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Workflow />}
      actions={
        <>
          {launches && (
            <Button asChild variant="primary">
              <Link href="/dashboard/fine-tuning/jobs/new">Launch a first job</Link>
            </Button>
          )}
          <Button asChild>
            <Link href="/dashboard/fine-tuning/datasets">Look at datasets</Link>
          </Button>
        </>
      }
    >
      A job teaches a base model your examples. The built-in trainer runs on this machine and costs nothing, so the
      first one takes two presses and a few minutes.
    </EmptyState>
  );
}
