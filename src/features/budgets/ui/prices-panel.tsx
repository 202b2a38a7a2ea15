'use client';

import { useQueryState } from 'nuqs';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import type { DataColumn } from '@/components/ui/data-table-column';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { SearchInput } from '@/components/ui/search-input';
import { trpc } from '@/trpc/client';
import type { Price } from '../budget.schema';
import { evidenceWords, spokenPrice, unitWords } from './price-words';
import { SetPriceButton } from './set-price-dialog';

/** Every price an estimate can use, with where it comes from. */
export function PricesPanel({ manages }: { manages: boolean }) {
  const [search, setSearch] = useQueryState('price', { defaultValue: '' });
  const prices = trpc.budgets.prices.useQuery();
  if (prices.error) {
    return <ErrorPanel title="Prices could not be loaded" error={prices.error} onRetry={() => void prices.refetch()} />;
  }
  const wanted = search.toLowerCase();
  const rows = prices.data?.filter((one) => `${one.provider} ${one.model}`.toLowerCase().includes(wanted));
  return (
    <Card
      flush
      title="Prices"
      actions={
        <>
          <SearchInput
            className="sm:w-48"
            placeholder="Find a model"
            value={search}
            onChange={(text) => void setSearch(text || null)}
          />
          {manages && <SetPriceButton price={null} />}
        </>
      }
    >
      <DataTable
        label="Prices"
        rows={rows}
        columns={manages ? [...columns, editColumn] : columns}
        rowId={(price) => `${price.provider}/${price.model}/${price.unit}/${price.own}`}
        empty={<EmptyState>{search ? `No price for “${search}”.` : 'No prices are known.'}</EmptyState>}
      />
    </Card>
  );
}

const columns: DataColumn<Price>[] = [
  {
    id: 'model',
    header: 'Model',
    cell: (price) => (
      <span className="inline-flex items-center gap-2">
        <span className="font-medium">{price.model}</span>
        {price.own && <Badge tone="info">own price</Badge>}
      </span>
    ),
  },
  { id: 'provider', header: 'Provider', cell: (price) => price.provider },
  { id: 'unit', header: 'For', narrow: 'value', cell: (price) => unitWords[price.unit] },
  {
    id: 'price',
    header: 'Price',
    align: 'right',
    narrow: 'value',
    cell: (price) => spokenPrice(price.unit, price.nanoUsdPerUnit),
  },
  {
    id: 'source',
    header: 'Source',
    interactive: true,
    cell: (price) => (
      <span className="block max-w-72 truncate" title={`${price.source}${price.note ? `. ${price.note}` : ''}`}>
        {/^https?:\/\//.test(price.source) ? (
          <a href={price.source} target="_blank" rel="noreferrer" className="rounded-sm text-accent hover:underline">
            {evidenceWords[price.evidence]}
          </a>
        ) : (
          evidenceWords[price.evidence]
        )}
      </span>
    ),
  },
  { id: 'checked', header: 'Checked', align: 'right', cell: (price) => price.checkedAt },
];

const editColumn: DataColumn<Price> = {
  id: 'edit',
  header: <span className="sr-only">Own price</span>,
  align: 'right',
  interactive: true,
  width: '56px',
  cell: (price) => <SetPriceButton price={price} />,
};
