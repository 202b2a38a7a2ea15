'use client';

import { parseAsBoolean, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { LineChart } from '@/components/charts/line-chart';
import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';
import { Switch } from '@/components/ui/switch';
import { formatCount } from '@/lib/format';
import { isEnded } from '../../job.rules';
import type { JobDetail, MetricPoint } from '../../job.schema';
import { prepareLossChart, three } from './prepare-loss-chart';

interface LossCardProps {
  job: JobDetail;
  /** Sorted by step. */
  points: readonly MetricPoint[];
  loading: boolean;
}

const HEIGHT = 280;

export function LossCard({ job, points, loading }: LossCardProps) {
  const [logScale, setLogScale] = useQueryState('log', parseAsBoolean.withDefault(false));
  const { checkpoints, totalSteps } = job;
  const chart = useMemo(
    () => prepareLossChart({ points, checkpoints, totalSteps, logScale }),
    [points, checkpoints, totalSteps, logScale],
  );
  return (
    <Card
      title="Loss"
      actions={<Switch label="Log scale" checked={logScale} onCheckedChange={(on) => void setLogScale(on || null)} />}
    >
      <div data-testid="loss-chart" data-step={points.at(-1)?.step}>
        {chart.series.length > 0 ? (
          <LineChart
            label={`Loss by step: ${chart.summary}`}
            series={chart.series}
            xName="step"
            yName="loss"
            formatX={(step) => formatCount(step)}
            formatY={three}
            xDomain={chart.xDomain}
            markers={chart.markers}
            height={HEIGHT}
            logScale={logScale}
          />
        ) : (
          <div className="flex items-center justify-center text-muted" style={{ height: HEIGHT + 22 }}>
            {loading ? <Skeleton className="h-full w-full" /> : nothingYet(job)}
          </div>
        )}
      </div>
      {chart.markers.length > 0 && <p className="mt-1 pl-2 text-faint text-sm">◆ checkpoint</p>}
    </Card>
  );
}

const nothingYet = ({ status }: JobDetail): string =>
  isEnded(status) ? 'No step was measured in this run.' : 'The curve begins with the first step.';
