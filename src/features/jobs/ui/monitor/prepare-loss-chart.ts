import type { ChartMarker, LineSeries } from '@/components/charts/series';
import { formatCount } from '@/lib/format';
import type { MetricPoint } from '../../job.schema';
import { thinMetrics } from '../../progress.rules';

/** More points than a wide screen has room for only make drawing slow. */
const MAX_POINTS = 600;

/** So few points are marked one by one: a line between two hides where it was measured. */
const FEW = 12;

type Figure = 'trainLoss' | 'validLoss' | 'fullValidLoss';

export interface LossChart {
  series: LineSeries[];
  markers: ChartMarker[];
  xDomain: readonly [number, number] | undefined;
  /** For those who cannot see it: "train 2.31 to 0.41, validation 0.46 at step 148". */
  summary: string;
}

interface LossChartInput {
  /** Sorted by step. */
  points: readonly MetricPoint[];
  checkpoints: readonly { step: number }[];
  totalSteps: number | null;
  /** A log scale has no place for 0 and below: such points are left open. */
  logScale: boolean;
}

/** Which lines there are, and in which order: train, validation, then the rare full validation, each where it was measured. */
export function prepareLossChart({ points, checkpoints, totalSteps, logScale }: LossChartInput): LossChart {
  const thinned = thinMetrics(points, MAX_POINTS);
  const lines = [
    { id: 'train', label: 'train', figure: 'trainLoss' },
    { id: 'valid', label: 'validation', figure: 'validLoss' },
    { id: 'full', label: 'full validation', figure: 'fullValidLoss' },
  ] as const;
  const series = lines.flatMap(({ id, label, figure }): LineSeries[] => {
    const own = seriesOf(thinned, figure, logScale);
    return own.length === 0 ? [] : [{ id, label, points: own, connect: true, dots: own.length <= FEW }];
  });
  return {
    series,
    markers: [...new Set(checkpoints.map(({ step }) => step))].map((step) => ({ x: step, label: '◆' })),
    xDomain: totalSteps === null ? undefined : [0, Math.max(totalSteps, thinned.at(-1)?.step ?? 0)],
    summary: summaryOf(points),
  };
}

function seriesOf(points: readonly MetricPoint[], figure: Figure, logScale: boolean) {
  return points.flatMap((point) => {
    const y = point[figure];
    if (y === null || !Number.isFinite(y) || (logScale && y <= 0)) return [];
    return [{ x: point.step, y }];
  });
}

function summaryOf(points: readonly MetricPoint[]): string {
  const train = points.filter(({ trainLoss }) => trainLoss !== null);
  const first = train[0]?.trainLoss;
  const last = train.at(-1);
  if (first === null || first === undefined || !last || last.trainLoss === null) return 'no loss measured yet';
  const valid = points.findLast(({ validLoss }) => validLoss !== null)?.validLoss;
  const tail = valid === null || valid === undefined ? '' : `, validation ${three(valid)}`;
  return `train ${three(first)} to ${three(last.trainLoss)}${tail} at step ${formatCount(last.step)}`;
}

/** Axis and figures: three digits that mean something, also for very small and very large losses. */
export const three = (value: number): string =>
  Math.abs(value) > 0 && Math.abs(value) < 0.001
    ? value.toExponential(1)
    : value.toLocaleString('en-US', { maximumSignificantDigits: 3, useGrouping: false });

export interface Now {
  step: number;
  epoch: number | null;
  trainLoss: number | null;
  validLoss: number | null;
  fullValidLoss: number | null;
  learningRate: number | null;
  tokensPerSecond: number | null;
  providerTime: Date | null;
}

/** The newest known value of each figure; not every step has all of them. Null before the first step. */
export function latestOf(points: readonly MetricPoint[]): Now | null {
  const last = points.at(-1);
  if (!last) return null;
  const newest = <K extends keyof Now & keyof MetricPoint>(key: K) =>
    points.findLast((point) => point[key] !== null)?.[key] ?? null;
  return {
    step: last.step,
    epoch: newest('epoch'),
    trainLoss: newest('trainLoss'),
    validLoss: newest('validLoss'),
    // Before the first step it is the base model's, which is no figure of this run.
    fullValidLoss:
      points.findLast(({ step, fullValidLoss }) => step > 0 && fullValidLoss !== null)?.fullValidLoss ?? null,
    learningRate: newest('learningRate'),
    tokensPerSecond: newest('tokensPerSecond'),
    providerTime: last.providerTime,
  };
}
