'use client';

import { ProgressBar } from '@/components/ui/progress-bar';
import { formatPercent } from '@/lib/format';
import { formatDuration } from '@/lib/time';
import { isEnded } from '../../job.rules';
import type { JobDetail } from '../../job.schema';
import { costLine } from '../prepare-money';
import { progressOf } from './prepare-phases';

const TONE = { succeeded: 'good', failed: 'bad', cancelled: 'warn' } as const;

/** How far it is, how long it still takes, what it costs. */
export function ProgressLine({ job }: { job: JobDetail }) {
  const ended = isEnded(job.status);
  const ratio = ended && job.status !== 'succeeded' ? (progressOf(job) ?? 0) : progressOf(job);
  const tone = job.status in TONE ? TONE[job.status as keyof typeof TONE] : job.stalled ? 'warn' : 'accent';
  return (
    <ProgressBar label="Progress of the training" value={ratio} tone={tone}>
      <span className="flex flex-wrap justify-between gap-x-6 gap-y-1">
        <span>{progressText(job, ratio)}</span>
        <span>{costLine(job)}</span>
      </span>
    </ProgressBar>
  );
}

function progressText(job: JobDetail, ratio: number | null): string {
  const { status, remainingMs, endedAt, phases } = job;
  if (isEnded(status)) {
    const since = phases.runningAt ?? phases.queuedAt;
    const took = since && endedAt ? ` after ${formatDuration(endedAt.getTime() - since.getTime())}` : '';
    return `${status}${took}`;
  }
  if (status === 'unknown') return 'waiting for your decision below';
  if (ratio === null) return status === 'running' ? 'waiting for the first step' : status;
  const left =
    remainingMs === null ? null : remainingMs < 1000 ? 'finishing' : `about ${formatDuration(remainingMs)} left`;
  return [formatPercent(ratio), left].filter((part) => part !== null).join(' · ');
}
