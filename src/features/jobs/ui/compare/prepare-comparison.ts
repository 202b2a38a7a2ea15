import type { LineSeries } from '@/components/charts/series';
import { formatCount } from '@/lib/format';
import { formatMoney } from '@/lib/money';
import { formatDuration } from '@/lib/time';
import type { JobDetail, MetricPoint } from '../../job.schema';
import { three } from '../monitor/prepare-loss-chart';

export interface ComparedRow {
  name: string;
  /** One per job, in their order. */
  values: string[];
  /** The jobs do not all agree. */
  differs: boolean;
}

const duration = ({ runningAt, endedAt }: JobDetail): string =>
  runningAt && endedAt ? formatDuration(endedAt.getTime() - runningAt.getTime()) : '–';

const loss = (value: number | null): string => (value === null ? '–' : three(value));

const figures: readonly (readonly [string, (job: JobDetail) => string])[] = [
  ['State', ({ status }) => status],
  ['Data', ({ dataset }) => `${dataset.name} v${dataset.version}`],
  ['Base model', ({ baseModel }) => baseModel],
  ['Connection', ({ connection }) => connection.name],
  ['Epochs', ({ hyperparameters }) => String(hyperparameters.epochs)],
  ['Batch size', ({ hyperparameters }) => String(hyperparameters.batchSize)],
  ['Learning rate ×', ({ hyperparameters }) => String(hyperparameters.learningRateMultiplier)],
  ['Seed', ({ seed }) => String(seed)],
  ['Suffix', ({ suffix }) => suffix ?? '–'],
  ['Steps', ({ totalSteps, lastStep }) => formatCount(totalSteps ?? lastStep)],
  ['Train loss', ({ trainLoss }) => loss(trainLoss)],
  ['Validation loss', ({ validLoss }) => loss(validLoss)],
  ['Training time', duration],
  ['Cost', ({ cost }) => formatMoney(cost)],
  ['Model', ({ model }) => model?.name ?? '–'],
];

/** Settings and results side by side, those that differ first. */
export function compareJobs(jobs: readonly JobDetail[]): ComparedRow[] {
  const rows = figures.map(([name, read]) => {
    const values = jobs.map(read);
    return { name, values, differs: new Set(values).size > 1 };
  });
  return [...rows.filter(({ differs }) => differs), ...rows.filter(({ differs }) => !differs)];
}

/** What each job is called beside the others: those of the same name are told apart by the order in which they were launched. */
export function labelsOf(jobs: readonly Pick<JobDetail, 'id' | 'name' | 'createdAt'>[]): string[] {
  return jobs.map((job) => {
    const same = jobs.filter(({ name }) => name === job.name);
    if (same.length === 1) return job.name;
    const place = same
      .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
      .findIndex(({ id }) => id === job.id);
    return `${job.name} (${place + 1})`;
  });
}

export type ComparedFigure = 'trainLoss' | 'validLoss';

interface Run {
  job: Pick<JobDetail, 'id' | 'name' | 'createdAt' | 'totalSteps'>;
  points: readonly MetricPoint[];
}

/**
 * One line per job. Jobs of different length are laid over each other by the share of their steps (in percent) when asked.
 */
export function compareSeries(runs: readonly Run[], figure: ComparedFigure, byShare: boolean): LineSeries[] {
  const labels = labelsOf(runs.map(({ job }) => job));
  return runs.map(({ job, points }, index) => {
    const end = job.totalSteps ?? points.at(-1)?.step ?? 1;
    return {
      id: job.id,
      label: labels[index] ?? job.name,
      connect: true,
      points: points.flatMap((point) => {
        const y = point[figure];
        if (y === null) return [];
        return [{ x: byShare ? Math.round((1000 * point.step) / Math.max(1, end)) / 10 : point.step, y }];
      }),
    };
  });
}
