'use client';

import Link from 'next/link';
import { Sparkline } from '@/components/charts/sparkline';
import { ProgressBar } from '@/components/ui/progress-bar';
import { Skeleton } from '@/components/ui/skeleton';
import { formatCount, formatLoss } from '@/lib/format';
import { type RouterOutputs, trpc } from '@/trpc/client';
import { activeJobsInput } from '../../_shell/shell-queries';

/** Curves are drawn for this many; the jobs page has the rest. */
const DRAWN = 4;
const POINTS = 60;
const REFRESH_MS = 4000;

type Job = RouterOutputs['jobs']['list']['items'][number];

export function RunningJobs() {
  const jobs = trpc.jobs.list.useQuery(activeJobsInput);
  if (!jobs.data) return <Skeleton className="m-4 h-14" />;
  if (jobs.data.items.length === 0) {
    return (
      <p className="px-4 pt-1 pb-4 text-muted">No job is running. What runs shows its curve here while it lasts.</p>
    );
  }
  return (
    <ul className="divide-y border-t">
      {jobs.data.items.slice(0, DRAWN).map((job) => (
        <li key={job.id}>
          <RunningJob job={job} />
        </li>
      ))}
    </ul>
  );
}

function RunningJob({ job }: { job: Job }) {
  // The calls of all rows travel in one request: the client batches them.
  const metrics = trpc.jobs.metrics.useQuery({ id: job.id, max: POINTS }, { refetchInterval: REFRESH_MS });
  const losses = (metrics.data ?? []).flatMap((point) => (point.trainLoss === null ? [] : [point.trainLoss]));
  const [first] = losses;
  const last = losses.at(-1);
  return (
    <Link href={`/dashboard/fine-tuning/jobs/${job.id}`} className="flex items-center gap-4 px-4 py-3 hover:bg-sunken">
      <div className="min-w-0 flex-1">
        <div className="truncate font-medium">{job.name}</div>
        <ProgressBar
          className="mt-1"
          label={`${job.name}, steps done`}
          value={job.totalSteps ? job.lastStep / job.totalSteps : null}
        >
          {job.totalSteps ? `step ${formatCount(job.lastStep)} of ${formatCount(job.totalSteps)}` : job.status}
        </ProgressBar>
      </div>
      <div className="flex w-40 shrink-0 items-center justify-end gap-3 max-sm:hidden">
        <Sparkline
          values={losses}
          width={96}
          label={
            first === undefined || last === undefined
              ? 'no loss yet'
              : `loss from ${formatLoss(first)} to ${formatLoss(last)}`
          }
        />
        <span className="w-12 text-right text-sm">{last === undefined ? '' : formatLoss(last)}</span>
      </div>
    </Link>
  );
}
