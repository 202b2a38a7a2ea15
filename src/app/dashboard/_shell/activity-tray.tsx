'use client';

import { Activity } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Popover } from '@/components/ui/popover';
import { ProgressBar } from '@/components/ui/progress-bar';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import { activeJobsInput } from './shell-queries';

const BUSY_MS = 4000;
const IDLE_MS = 15_000;

interface Work {
  id: string;
  href: string;
  name: string;
  what: string;
  /** 0..1, null = unknown. */
  ratio: number | null;
}

/** Work that goes on while one looks elsewhere: running jobs and imports, wherever they were started. */
export function ActivityTray() {
  const work = useWork();
  return (
    <Popover
      trigger={
        <Button variant="ghost" className="px-2" aria-label={`Activity: ${work.length} running`}>
          <Activity aria-hidden className={work.length > 0 ? 'text-accent' : undefined} />
          {work.length > 0 && <span>{work.length}</span>}
        </Button>
      }
    >
      <h2 className="mb-2 font-semibold">Running now</h2>
      {work.length === 0 && (
        <p className="text-muted text-sm">Nothing is running. Jobs and imports show up here while they last.</p>
      )}
      <ul className="max-h-96 space-y-1 overflow-y-auto">
        {work.map((one) => (
          <li key={one.id}>
            <Link href={one.href} className="block rounded-md p-2 hover:bg-hover">
              <span className="flex justify-between gap-3">
                <span className="truncate font-medium">{one.name}</span>
                <span className="shrink-0 text-muted text-sm">{one.what}</span>
              </span>
              <ProgressBar className="mt-1.5" label={one.name} value={one.ratio} />
            </Link>
          </li>
        ))}
      </ul>
    </Popover>
  );
}

function useWork(): Work[] {
  const jobs = trpc.jobs.list.useQuery(activeJobsInput, {
    refetchInterval: (query) => (query.state.data?.items.length ? BUSY_MS : IDLE_MS),
  });
  const imports = trpc.datasets.list.useQuery(
    { status: 'importing', limit: 20 },
    { refetchInterval: (query) => (query.state.data?.items.length ? BUSY_MS : IDLE_MS) },
  );
  const ofJobs = (jobs.data?.items ?? []).map((job) => ({
    id: job.id,
    href: `/dashboard/fine-tuning/jobs/${job.id}`,
    name: job.name,
    what: job.totalSteps ? `step ${formatCount(job.lastStep)} of ${formatCount(job.totalSteps)}` : job.status,
    ratio: job.totalSteps ? job.lastStep / job.totalSteps : null,
  }));
  const ofImports = (imports.data?.items ?? []).map((dataset) => {
    const progress = (dataset.pending ?? dataset.version).progress;
    return {
      id: dataset.id,
      href: `/dashboard/fine-tuning/datasets/${dataset.id}`,
      name: dataset.name,
      what: progress ? `${formatCount(progress.rows)} rows read` : 'waiting',
      ratio: progress && progress.totalBytes > 0 ? progress.bytes / progress.totalBytes : null,
    };
  });
  return [...ofJobs, ...ofImports];
}
