'use client';

import { Boxes } from 'lucide-react';
import Link from 'next/link';
import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import type { DataColumn } from '@/components/ui/data-table-column';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { SearchInput } from '@/components/ui/search-input';
import { Select } from '@/components/ui/select';
import { trpc } from '@/trpc/client';
import type { ModelSummary } from '../model.schema';
import { ModelStatus } from './model-status';
import { ProofLine } from './proof-line';

const statuses = ['all', 'evaluating', 'ready', 'retired'] as const;
const options = [
  { value: 'all', label: 'Every status' },
  { value: 'ready', label: 'Ready' },
  { value: 'evaluating', label: 'Evaluating' },
  { value: 'retired', label: 'Retired' },
];
const EVALUATING_REFRESH_MS = 2000;

const columns: DataColumn<ModelSummary>[] = [
  { id: 'label', header: 'Model', cell: (model) => model.label },
  { id: 'status', header: 'Status', narrow: 'value', cell: (model) => <ModelStatus status={model.status} /> },
  {
    id: 'proof',
    header: 'Held-out answers right',
    narrow: 'value',
    cell: (model) => <ProofLine proof={model.proof} />,
  },
  {
    id: 'dataset',
    header: 'Trained on',
    cell: (model) => (
      <span className="block max-w-56 truncate">
        {model.dataset.name} <span className="text-faint">v{model.dataset.version}</span>
      </span>
    ),
  },
  { id: 'base', header: 'Base model', cell: (model) => <span className="font-mono text-xs">{model.baseModel}</span> },
  { id: 'connection', header: 'Connection', cell: (model) => model.connection.name },
  { id: 'created', header: 'Made', align: 'right', cell: (model) => <RelativeTime date={model.createdAt} /> },
];

/** Every fine-tuned model, newest first; search and status live in the address. */
export function ModelList() {
  const [search, setSearch] = useQueryState('q', parseAsString.withDefault(''));
  const [status, setStatus] = useQueryState('status', parseAsStringLiteral(statuses).withDefault('all'));
  const filtered = search !== '' || status !== 'all';
  const models = trpc.models.list.useInfiniteQuery(
    { limit: 50, ...(search && { search }), ...(status !== 'all' && { status }) },
    {
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: ({ state }) =>
        state.data?.pages.some((page) => page.items.some((model) => model.status === 'evaluating'))
          ? EVALUATING_REFRESH_MS
          : false,
    },
  );
  const rows = models.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHeader
        title="Models"
        summary="What came out of your jobs, with the proof that it is better than its base."
      />
      <div className="mb-3 flex flex-wrap gap-2">
        <SearchInput
          value={search}
          onChange={(text) => void setSearch(text || null)}
          placeholder="Search family or base model"
        />
        <Select
          aria-label="Status"
          className="w-40"
          options={options}
          value={status}
          onValueChange={(value) => void setStatus(statuses.find((one) => one === value) ?? null)}
        />
      </div>
      {models.error && !rows ? (
        <ErrorPanel title="Models could not be loaded" error={models.error} onRetry={() => void models.refetch()} />
      ) : (
        <Card flush>
          <DataTable
            label="Models"
            columns={columns}
            rows={rows}
            rowId={(model) => model.id}
            rowHref={(model) => `/dashboard/fine-tuning/models/${model.id}`}
            empty={<NoModels filtered={filtered} />}
            more={{
              available: models.hasNextPage,
              pending: models.isFetchingNextPage,
              onMore: () => void models.fetchNextPage(),
            }}
          />
        </Card>
      )}
    </>
  );
}

function NoModels({ filtered }: { filtered: boolean }) {
  if (filtered) return <EmptyState icon={<Boxes />}>No model matches this search.</EmptyState>;
  return (
    <EmptyState
      icon={<Boxes />}
      actions={
        <Button asChild variant="primary">
          <Link href="/dashboard/fine-tuning/jobs/new">Start a job</Link>
        </Button>
      }
    >
      A model appears here when a job succeeds, with its score on examples it has never seen.
    </EmptyState>
  );
}
