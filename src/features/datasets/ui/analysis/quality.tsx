'use client';

import { useRef } from 'react';
import { toast } from 'sonner';
import { BarChart } from '@/components/charts/bar-chart';
import { Card } from '@/components/ui/card';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Skeleton } from '@/components/ui/skeleton';
import { Term } from '@/components/ui/term';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { DatasetDetail, VersionStats, VersionSummary } from '../../dataset.schema';
import { scoreBars, scoreText } from '../prepare-analysis';
import { useVersionScores } from '../use-version-scores';
import { toCsv } from './csv';
import { ExportMenu } from './export-menu';
import { Signals } from './signals';

interface QualityProps {
  dataset: DatasetDetail;
  version: VersionSummary;
  stats: VersionStats;
}

/** How good the rows of a version are, and what that is made of: every signal can be seen and switched off. */
export function Quality({ dataset, version, stats }: QualityProps) {
  const utils = trpc.useUtils();
  const writes = useMay('datasets:write');
  const update = trpc.datasets.update.useMutation({
    onMutate: ({ signalsOff = [] }) => {
      // At once: what is shown follows from the rows that are here, and switches that wait feel broken.
      utils.datasets.get.setData({ id: dataset.id }, (known) => known && { ...known, signalsOff });
    },
    onSuccess: (updated) => utils.datasets.get.setData({ id: dataset.id }, updated),
    onError: (error) => {
      void utils.datasets.get.invalidate({ id: dataset.id });
      toast.error(error.message);
    },
  });
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Scores dataset={dataset} version={version} />
      <Signals
        stats={stats}
        version={version}
        older={version.id !== dataset.version.id}
        off={dataset.signalsOff}
        onOff={writes ? (signalsOff) => update.mutate({ id: dataset.id, signalsOff }) : null}
      />
    </div>
  );
}

function Scores({ dataset, version }: Omit<QualityProps, 'stats'>) {
  const scores = useVersionScores(dataset);
  const drawing = useRef<HTMLDivElement>(null);
  const score = scores.of(version);
  if (scores.error)
    return <ErrorPanel title="Scores could not be summed up" error={scores.error} onRetry={scores.retry} />;
  if (!score) return <Skeleton className="h-72" />;
  const bars = scoreBars(score.counts);
  const csv = () =>
    toCsv(
      ['score', 'examples'],
      bars.map(({ range, value }) => [range, value]),
    );
  const off = dataset.signalsOff.length;
  return (
    <Card title="Score per example" actions={<ExportMenu title="Score per example" csv={csv} chart={drawing} />}>
      <p className="mb-2 text-muted text-sm" aria-live="polite">
        <Term explain="100 less the points of each signal that an example shows, never below 0. It orders rows for a look; it is no proof.">
          Mean score
        </Term>{' '}
        <span className="font-medium text-fg">{scoreText(score.mean)}</span> of 100
        {off > 0 && `, without ${off === 1 ? '1 signal' : `${off} signals`}`}
        {scores.counting && ' · counting anew'}
      </p>
      <div ref={drawing}>
        <BarChart
          label="Score per example"
          bars={bars}
          xName="score"
          valueName="examples"
          formatValue={(value) => formatCount(value)}
        />
      </div>
    </Card>
  );
}
