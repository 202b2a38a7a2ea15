'use client';

import { ChartColumn } from 'lucide-react';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Skeleton } from '@/components/ui/skeleton';
import { trpc } from '@/trpc/client';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';
import { Figures } from './figures';
import { Quality } from './quality';
import { RowFindings } from './row-findings';

/** The open version in figures: what was counted when it was made, then what its rows say. */
export function Analysis({ dataset, version }: { dataset: DatasetDetail; version: VersionSummary }) {
  const current = version.id === dataset.version.id;
  const ready = version.status === 'ready' && version.rows > 0;
  const older = trpc.datasets.stats.useQuery(
    { datasetId: dataset.id, versionId: version.id },
    { enabled: ready && !current, staleTime: Number.POSITIVE_INFINITY },
  );
  if (!ready) {
    return (
      <Card flush>
        <EmptyState icon={<ChartColumn />}>
          Figures appear here once a version is ready and has at least one example.
        </EmptyState>
      </Card>
    );
  }
  const stats = current ? dataset.stats : older.data;
  return (
    <div className="grid gap-4">
      {older.error && !current ? (
        <ErrorPanel title="Figures could not be loaded" error={older.error} onRetry={() => void older.refetch()} />
      ) : stats === undefined ? (
        <Skeleton className="h-96" />
      ) : (
        stats && (
          <>
            <Figures version={version} stats={stats} />
            {stats.score && <Quality dataset={dataset} version={version} stats={stats} />}
          </>
        )
      )}
      <RowFindings dataset={dataset} version={version} />
    </div>
  );
}
