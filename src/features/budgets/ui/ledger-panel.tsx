'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import type { DataColumn } from '@/components/ui/data-table-column';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { MoneyText } from '@/components/ui/money-text';
import { RelativeTime } from '@/components/ui/relative-time';
import { Select } from '@/components/ui/select';
import { trpc } from '@/trpc/client';
import type { LedgerEntry } from '../budget.schema';
import { ledgerKinds } from '../budget-words.rules';

const ALL = 'all';
const kinds = [
  { value: ALL, label: 'All entries' },
  { value: 'hold', label: 'Holds' },
  { value: 'release', label: 'Releases of holds' },
  { value: 'charge', label: 'Charges' },
  { value: 'refund', label: 'Refunds' },
] as const;

/** Every movement of money, newest first; nothing in it is ever changed. */
export function LedgerPanel() {
  const [kind, setKind] = useQueryState('kind', parseAsStringLiteral(ledgerKinds));
  const ledger = trpc.budgets.ledger.useInfiniteQuery(
    { limit: 50, kind },
    { getNextPageParam: (page) => page.nextCursor },
  );
  if (ledger.error) {
    return (
      <ErrorPanel title="The ledger could not be loaded" error={ledger.error} onRetry={() => void ledger.refetch()} />
    );
  }
  return (
    <Card
      flush
      title="Ledger"
      actions={
        <Select
          aria-label="Kind of entry"
          size="sm"
          className="w-44"
          options={kinds}
          value={kind ?? ALL}
          onValueChange={(next) => void setKind(next === ALL ? null : next)}
        />
      }
    >
      <DataTable
        label="Ledger"
        rows={ledger.data?.pages.flatMap((page) => page.items)}
        columns={columns}
        rowId={(entry) => entry.id}
        empty={
          <EmptyState>
            Holds, charges and refunds of paid jobs and calls are written down here, each with its reason.
          </EmptyState>
        }
        more={{
          available: ledger.hasNextPage,
          pending: ledger.isFetchingNextPage,
          onMore: () => void ledger.fetchNextPage(),
        }}
      />
    </Card>
  );
}

const columns: DataColumn<LedgerEntry>[] = [
  { id: 'description', header: 'What for', cell: (entry) => entry.description },
  { id: 'kind', header: 'Kind', narrow: 'value', cell: (entry) => <Badge>{entry.kind}</Badge> },
  {
    id: 'amount',
    header: 'Amount',
    align: 'right',
    narrow: 'value',
    cell: (entry) => <MoneyText amount={entry.amount} />,
  },
  { id: 'when', header: 'When', align: 'right', cell: (entry) => <RelativeTime date={entry.createdAt} /> },
];
