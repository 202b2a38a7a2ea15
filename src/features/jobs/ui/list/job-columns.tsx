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
  {
    id: 'compare',
    header: <span className="sr-only">Compare</span>,
    interactive: true,
    narrow: 'hidden',
    width: '2.5rem',
    cell: (job) => (
      <Checkbox
        aria-label={`Compare ${job.name}`}
        checked={chosen.has(job.id)}
        onCheckedChange={(next) => onChoose(job.id, next)}
      />
    ),
  },
  {
    id: 'name',
    header: 'Job',
    sort: 'name',
    narrow: 'title',
    cell: (job) => <span className="block truncate sm:max-w-64">{job.name}</span>,
  },
  { id: 'status', header: 'State', narrow: 'value', cell: (job) => <State job={job} /> },
  {
    id: 'base',
    header: 'Base model · data',
    cell: (job) => (
      <span
        className="block max-w-44 truncate"
        title={`${job.baseModel} on ${job.dataset.name} v${job.dataset.version}`}
      >
        {job.baseModel}
        <span className="text-muted">
          {' '}
          · {job.dataset.name} v{job.dataset.version}
        </span>
      </span>
    ),
  },
  {
    id: 'loss',
    header: 'Loss',
    align: 'right',
    narrow: 'value',
    cell: ({ trainLoss, validLoss }) => (
      <span title="Train loss · validation loss">
        {trainLoss === null ? '–' : formatLoss(trainLoss)}
        <span className="text-muted"> · {validLoss === null ? '–' : formatLoss(validLoss)}</span>
      </span>
    ),
  },
  { id: 'cost', header: 'Cost', align: 'right', cell: (job) => <MoneyText amount={job.cost} /> },
  { id: 'time', header: 'Time', align: 'right', cell: (job) => <TrainingTime job={job} /> },
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
];

function State({ job }: { job: JobSummary }) {
  const { status, lastStep, totalSteps } = job;
  const running = !isEnded(status) && totalSteps !== null;
  return (
    <span className="inline-flex items-center gap-2">
      <JobStatusBadge status={status} stalled={job.stalled} />
      {running && (
        <span className="flex min-w-0 flex-1 items-center gap-2">
          <ProgressBar className="w-14" label={`Progress of ${job.name}`} value={progressOf(job)} />
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
