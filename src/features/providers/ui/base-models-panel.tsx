'use client';

import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import type { DataColumn } from '@/components/ui/data-table-column';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { StatusBadge } from '@/components/ui/status-badge';
import { Tooltip } from '@/components/ui/tooltip';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import type { BaseModel } from '../provider.schema';

/** What can be tuned, with its limits and the days on which it stops. */
export function BaseModelsPanel() {
  const models = trpc.providers.baseModels.useQuery();
  if (models.error) {
    return (
      <ErrorPanel title="Base models could not be loaded" error={models.error} onRetry={() => void models.refetch()} />
    );
  }
  return (
    <Card flush title="Base models">
      <DataTable
        label="Base models"
        rows={models.data}
        columns={columns}
        rowId={(model) => `${model.connectionId}/${model.id}`}
        empty={
          <EmptyState>No provider here offers a model that can be tuned. Add one, or check those you have.</EmptyState>
        }
      />
    </Card>
  );
}

const tokens = (count: number | null) =>
  count === null ? <span className="text-faint">unknown</span> : formatCount(count);

const columns: DataColumn<BaseModel>[] = [
  {
    id: 'model',
    header: 'Model',
    cell: (model) => (
      <>
        <span className="font-medium">{model.label}</span>
        {model.label !== model.id && <code className="ml-2 font-mono text-muted text-xs">{model.id}</code>}
      </>
    ),
  },
  { id: 'provider', header: 'Provider', narrow: 'value', cell: (model) => model.connectionLabel },
  { id: 'status', header: 'Jobs', narrow: 'value', cell: (model) => <Availability model={model} /> },
  { id: 'context', header: 'Context, tokens', align: 'right', cell: (model) => tokens(model.contextTokens) },
  { id: 'longest', header: 'Longest example', align: 'right', cell: (model) => tokens(model.maxExampleTokens) },
  { id: 'least', header: 'Examples at least', align: 'right', cell: (model) => formatCount(model.minExamples) },
  {
    id: 'until',
    header: 'Jobs until',
    align: 'right',
    cell: (model) => model.jobsUntil ?? <span className="text-faint">open</span>,
  },
  {
    id: 'retires',
    header: 'Stops answering',
    align: 'right',
    cell: (model) =>
      model.retiresOn ? (
        <span className="text-warn">{model.retiresOn}</span>
      ) : (
        <span className="text-faint">no date</span>
      ),
  },
];

function Availability({ model }: { model: BaseModel }) {
  if (model.available) return <StatusBadge tone="good">open</StatusBadge>;
  return (
    <Tooltip content={model.unavailableReason ?? 'No reason is known.'}>
      <button type="button" className="cursor-help rounded-md" aria-label={`closed: ${model.unavailableReason ?? ''}`}>
        <StatusBadge tone="warn">closed</StatusBadge>
      </button>
    </Tooltip>
  );
}
