'use client';

import { Plug } from 'lucide-react';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Skeleton } from '@/components/ui/skeleton';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import { AddConnectionButton } from './add-connection-button';
import { ConnectionCard } from './connection-card';

/** The accounts at which this workspace can train and call models. */
export function ConnectionsPanel() {
  const connections = trpc.providers.list.useQuery();
  const manages = useMay('providers:manage');
  if (connections.error) {
    return (
      <ErrorPanel
        title="Providers could not be loaded"
        error={connections.error}
        onRetry={() => void connections.refetch()}
      />
    );
  }
  if (connections.data?.length === 0) {
    return (
      <div className="rounded-lg border bg-raised">
        <EmptyState icon={<Plug />} actions={manages && <AddConnectionButton />}>
          A provider is where jobs are trained and models answer. Add an account, or start Tuneloop with its built-in
          trainer.
        </EmptyState>
      </div>
    );
  }
  return (
    <ul className="grid gap-3 rail:grid-cols-2">
      {connections.data?.map((connection) => (
        <li key={connection.id} className="min-w-0">
          <ConnectionCard connection={connection} />
        </li>
      )) ?? <Skeleton className="h-40" />}
    </ul>
  );
}
