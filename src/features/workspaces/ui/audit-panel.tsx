'use client';

import { useQueryState } from 'nuqs';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import type { DataColumn } from '@/components/ui/data-table-column';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { SearchInput } from '@/components/ui/search-input';
import { trpc } from '@/trpc/client';
import type { AuditSummary } from '../workspace.schema';
import { auditWords } from './audit-words';

export function AuditPanel() {
  const [search, setSearch] = useQueryState('q', { defaultValue: '' });
  const audit = trpc.workspaces.audit.useInfiniteQuery(
    { limit: 50, ...(search !== '' && { search }) },
    { getNextPageParam: (page) => page.nextCursor },
  );
  if (audit.error) {
    return (
      <ErrorPanel title="The audit log could not be loaded" error={audit.error} onRetry={() => void audit.refetch()} />
    );
  }
  return (
    <Card
      flush
      title="Audit log"
      actions={
        <SearchInput placeholder="Search the log" value={search} onChange={(text) => void setSearch(text || null)} />
      }
    >
      <DataTable
        label="Audit log"
        rows={audit.data?.pages.flatMap((page) => page.items)}
        columns={columns}
        rowId={(entry) => entry.id}
        empty={
          <EmptyState>
            {search
              ? `Nothing in the log mentions “${search}”.`
              : 'Changes of money, secrets, roles and releases are written down here.'}
          </EmptyState>
        }
        more={{
          available: audit.hasNextPage,
          pending: audit.isFetchingNextPage,
          onMore: () => void audit.fetchNextPage(),
        }}
      />
    </Card>
  );
}

const columns: DataColumn<AuditSummary>[] = [
  {
    id: 'what',
    header: 'What',
    cell: (entry) => (
      <>
        <span className="font-medium">{entry.actorLabel}</span> <span className="text-muted">{auditWords(entry)}</span>
      </>
    ),
  },
  {
    id: 'details',
    header: 'Details',
    cell: (entry) => {
      const text = JSON.stringify(entry.details);
      return text === '{}' ? null : (
        <code title={text} className="block max-w-md truncate font-mono text-muted text-xs">
          {text}
        </code>
      );
    },
  },
  {
    id: 'when',
    header: 'When',
    align: 'right',
    narrow: 'value',
    cell: (entry) => <RelativeTime date={entry.createdAt} />,
  },
];
