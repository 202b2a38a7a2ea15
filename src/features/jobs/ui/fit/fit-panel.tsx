'use client';

import { Plug } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Skeleton } from '@/components/ui/skeleton';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import type { VersionFit } from '../../fit.schema';
import { FitRow } from './fit-row';
import { type FitDataset, fitSentence } from './fit-words';

/** Where a version can be trained: every base model of every connection, what stands in the way, and what it would cost. */
export function FitPanel({ dataset, ready }: { dataset: FitDataset; ready: boolean }) {
  const fit = trpc.jobs.fit.useQuery(
    { versionId: dataset.versionId },
    // Alone: the first look at a large version reads all of its rows.
    { enabled: ready, refetchOnWindowFocus: false, trpc: { context: { alone: true } } },
  );
  if (!ready) {
    return (
      <Card flush>
        <EmptyState icon={<Plug />}>Where this version can be trained is told once it is ready.</EmptyState>
      </Card>
    );
  }
  if (fit.error) {
    return (
      <ErrorPanel
        title="Where it can be trained could not be found out"
        error={fit.error}
        onRetry={() => void fit.refetch()}
      />
    );
  }
  if (!fit.data) return <Skeleton className="h-80" />;
  const { lines } = fit.data;
  if (lines.length === 0) {
    return (
      <Card flush>
        <EmptyState
          icon={<Plug />}
          actions={
            <Button asChild variant="primary">
              <Link href="/dashboard/fine-tuning/providers">Providers</Link>
            </Button>
          }
        >
          No provider here offers a model that can be tuned.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card flush>
      <p className="border-b px-4 py-2.5 text-muted text-sm">{summary(fit.data)}</p>
      <ul aria-label="Base models">
        {lines.map((line) => (
          <FitRow key={`${line.connectionId}/${line.baseModel}`} line={line} dataset={dataset} />
        ))}
      </ul>
    </Card>
  );
}

const summary = ({ number, trainRows, lines }: VersionFit): string =>
  `v${number} has ${formatCount(trainRows)} examples to train on. ${fitSentence(lines)} Costs are for the default settings.`;
