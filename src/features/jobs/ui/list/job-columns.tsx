import { Checkbox } from '@/components/ui/checkbox';
import type { DataColumn } from '@/components/ui/data-table-column';
import { Elapsed } from '@/components/ui/elapsed';
import { MoneyText } from '@/components/ui/money-text';
import { ProgressBar } from '@/components/ui/progress-bar';
import { RelativeTime } from '@/components/ui/relative-time';
import { formatCount, formatLoss } from '@/lib/format';
import { isEnded } from '../../job.rules';
import type { JobSummary } from '../../job.schema';
import { JobStatusBadge } from '../job-status';
import { progressOf } from '../monitor/prepare-phases';

/** Chosen jobs, for comparing. */
interface Choice {
  chosen: ReadonlySet<string>;
  onChoose: (id: string, chosen: boolean) => void;
}

export const jobColumns = ({ chosen, onChoose }: Choice): DataColumn<JobSummary>[] => [
  { id: 'name', header: 'Job', sort: 'name', cell: (job) => job.name },
  { id: 'status', header: 'State', narrow: 'value', width: '15rem', cell: (job) => <State job={job} /> },
  {
    id: 'data',
    header: 'Data',
    cell: (job) => (
      <span className="block max-w-48 truncate">
        {job.dataset.name} <span className="text-faint">v{job.dataset.version}</span>
      </span>
    ),
  },
  {
    id: 'base',
    header: 'Base model',
    cell: (job) => <span className="block max-w-48 truncate font-mono text-xs">{job.baseModel}</span>,
  },
  {
    id: 'train',
    header: 'Train loss',
    align: 'right',
    cell: (job) => (job.trainLoss === null ? '–' : formatLoss(job.trainLoss)),
  },
  {
    id: 'valid',
    header: 'Valid. loss',
    align: 'right',
    narrow: 'value',
    cell: (job) => (job.validLoss === null ? '–' : formatLoss(job.validLoss)),
  },
  { id: 'cost', header: 'Cost', align: 'right', cell: (job) => <MoneyText amount={job.cost} /> },
  { id: 'time', header: 'Training time', align: 'right', cell: (job) => <TrainingTime job={job} /> },
  {
    id: 'created',
    header: 'Launched',
    align: 'right',
    cell: (job) => (
      <span className="text-muted">
        <RelativeTime date={job.createdAt} />
      </span>
    ),
  },
  {
    id: 'compare',
    header: <span className="sr-only">Compare</span>,
    interactive: true,
    align: 'right',
    width: '2.5rem',
    cell: (job) => (
      <Checkbox
        aria-label={`Compare ${job.name}`}
        checked={chosen.has(job.id)}
        onCheckedChange={(next) => onChoose(job.id, next)}
      />
    ),
  },
];

function State({ job }: { job: JobSummary }) {
  const { status, lastStep, totalSteps } = job;
  const running = !isEnded(status) && totalSteps !== null;
  return (
    <span className="flex items-center gap-2">
      <JobStatusBadge status={status} stalled={job.stalled} />
      {running && (
        <span className="flex min-w-0 flex-1 items-center gap-2">
          <ProgressBar className="min-w-12 flex-1" label={`Progress of ${job.name}`} value={progressOf(job)} />
          <span className="whitespace-nowrap text-muted text-xs">
            {formatCount(lastStep)} of {formatCount(totalSteps)}
          </span>
        </span>
      )}
    </span>
  );
}

function TrainingTime({ job }: { job: JobSummary }) {
  if (job.runningAt === null) return '–';
  return <Elapsed since={job.runningAt} until={job.endedAt} />;
}
