'use client';

import { ArrowLeftRight, Equal, X } from 'lucide-react';
import { useQueryState } from 'nuqs';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { IconButton } from '@/components/ui/icon-button';
import { Select } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { trpc } from '@/trpc/client';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';
import type { VersionDiff } from '../../diff.schema';
import { useVersionScores } from '../use-version-scores';
import { type Comparison, comparisonParser } from './compare-address';
import { DiffFigures } from './diff-figures';
import { DiffRows } from './diff-rows';
import { diffSentence } from './prepare-diff';

interface DiffViewProps {
  dataset: DatasetDetail;
  comparison: Comparison;
}

/** What became of one version in another: which figures moved, and which rows. */
export function DiffView({ dataset, comparison }: DiffViewProps) {
  const find = (number: number) => dataset.history.find((one) => one.number === number && one.status === 'ready');
  const [from, to] = [find(comparison.from), find(comparison.to)];
  return (
    <section aria-label="Comparison of two versions" className="mb-4 grid gap-4">
      <Choice dataset={dataset} comparison={comparison} />
      {from && to ? (
        <Compared key={`${from.id} ${to.id}`} dataset={dataset} from={from} to={to} />
      ) : (
        <Card flush>
          <EmptyState icon={<ArrowLeftRight />}>
            {`v${from ? comparison.to : comparison.from} has no rows to compare: it is not ready, or it does not exist. Choose two other versions.`}
          </EmptyState>
        </Card>
      )}
    </section>
  );
}

function Choice({ dataset, comparison: { from, to } }: DiffViewProps) {
  const [, setCompare] = useQueryState('compare', comparisonParser);
  const options = dataset.history
    .filter(({ status }) => status === 'ready')
    .map(({ number }) => ({ value: String(number), label: `v${number}` }));
  const choose = (next: Partial<Comparison>) => void setCompare({ from, to, ...next });
  return (
    <div className="flex items-center gap-2">
      <h2 className="font-semibold text-lg max-sm:sr-only">Compare</h2>
      <Select
        aria-label="Version before"
        className="w-24"
        options={options}
        value={String(from)}
        onValueChange={(value) => choose({ from: Number(value) })}
      />
      <span className="shrink-0 text-muted">with</span>
      <Select
        aria-label="Version after"
        className="w-24"
        options={options}
        value={String(to)}
        onValueChange={(value) => choose({ to: Number(value) })}
      />
      <IconButton label="Swap the two versions" onClick={() => choose({ from: to, to: from })}>
        <ArrowLeftRight />
      </IconButton>
      <span className="flex-1" />
      <IconButton label="Close comparison" onClick={() => void setCompare(null)}>
        <X />
      </IconButton>
    </div>
  );
}

function Compared({ dataset, from, to }: { dataset: DatasetDetail; from: VersionSummary; to: VersionSummary }) {
  const input = { datasetId: dataset.id, fromId: from.id, toId: to.id };
  const scores = useVersionScores(dataset);
  // Versions never change, so neither does what became of one in another.
  const query = trpc.datasets.diff.useQuery(input, { staleTime: Number.POSITIVE_INFINITY });
  if (query.error) {
    return (
      <ErrorPanel
        title="These versions could not be compared"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (!query.data) return <Comparing rows={from.rows + to.rows} />;
  const diff = query.data;
  const sentence = diffSentence(diff);
  return (
    <>
      <p aria-live="polite">
        {`v${from.number} → v${to.number}: `}
        {sentence === null ? 'no row is added, removed, changed or moved.' : `${sentence}.`}
      </p>
      {sentence === null ? (
        <Card flush>
          <EmptyState icon={<Equal />}>These versions have the same rows.</EmptyState>
        </Card>
      ) : (
        <>
          <DiffFigures diff={diff} scores={{ before: scores.of(from)?.mean, after: scores.of(to)?.mean }} />
          <Limits diff={diff} />
          <DiffRows input={input} diff={diff} />
        </>
      )}
    </>
  );
}

const MANY_ROWS = 200_000;

function Comparing({ rows }: { rows: number }) {
  return (
    <div className="grid gap-3" aria-busy>
      {rows > MANY_ROWS && (
        <p className="text-muted">Comparing row by row. With this many rows it may take some seconds.</p>
      )}
      <Skeleton className="h-64" />
    </div>
  );
}

function Limits({ diff }: { diff: VersionDiff }) {
  if (diff.pairedByText) return null;
  return (
    <p className="text-muted text-sm">
      These versions differ in so many rows that only rows at the same place of their file count as changed, and only
      the first ones are listed. The counts are of all rows.
    </p>
  );
}
