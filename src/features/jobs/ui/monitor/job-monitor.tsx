'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { CrumbName } from '@/components/layout/crumb-name';
import { Button } from '@/components/ui/button';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Skeleton } from '@/components/ui/skeleton';
import { UrlTabs } from '@/components/ui/url-tabs';
import { trpc } from '@/trpc/client';
import type { JobDetail } from '../../job.schema';
import { EventList } from './event-list';
import { JobOutcome } from './job-outcome';
import { LossCard } from './loss-card';
import { MonitorHeader } from './monitor-header';
import { NowCard } from './now-card';
import { PhaseLine } from './phase-line';
import { ProgressLine } from './progress-line';
import { useJobMonitor } from './use-job-monitor';

// A tab comes when it is opened, and what only a job in an unknown state shows with such a job.
const loading = () => <Skeleton className="h-40" />;
const Configuration = dynamic(() => import('./configuration').then((file) => file.Configuration), { loading });
const TrainingData = dynamic(() => import('./training-data').then((file) => file.TrainingData), { loading });
const Checkpoints = dynamic(() => import('./checkpoints').then((file) => file.Checkpoints), { loading });
const Attempts = dynamic(() => import('./attempts').then((file) => file.Attempts), { loading });
const UnknownPanel = dynamic(() => import('./unknown-panel').then((file) => file.UnknownPanel), { loading });

/** One job as it happens. */
export function JobMonitor({ id }: { id: string }) {
  const query = trpc.jobs.get.useQuery({ id }, { refetchOnWindowFocus: false });
  if (query.data) return <LoadedMonitor key={id} initial={query.data} />;
  if (query.error) {
    return (
      <ErrorPanel
        title="This job could not be shown"
        error={query.error}
        onRetry={() => void query.refetch()}
        actions={
          <Button size="sm" asChild>
            <Link href="/dashboard/fine-tuning/jobs">All jobs</Link>
          </Button>
        }
      />
    );
  }
  return <Skeleton className="h-[36rem]" />;
}

function LoadedMonitor({ initial }: { initial: JobDetail }) {
  const view = useJobMonitor(initial);
  const { job, points, events } = view;
  return (
    <>
      <CrumbName name={job.name} />
      <MonitorHeader job={job} points={points} />
      {view.streamError && (
        <ErrorPanel
          className="mb-4"
          title="This page is no longer live"
          error={view.streamError}
          onRetry={view.reconnect}
        />
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <ProgressLine job={job} />
        {job.status === 'unknown' && <UnknownPanel job={job} />}
        <JobOutcome job={job} />
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_18rem]">
          <LossCard job={job} points={points} loading={view.loading} />
          <NowCard view={view} />
        </div>
        <PhaseLine job={job} />
        <UrlTabs
          aria-label="Parts of the job"
          tabs={[
            {
              value: 'events',
              label: 'Events',
              content: <EventList events={events} points={points} error={view.error} />,
            },
            { value: 'configuration', label: 'Configuration', content: <Configuration job={job} /> },
            { value: 'data', label: 'Data', content: <TrainingData job={job} /> },
            {
              value: 'checkpoints',
              label: 'Checkpoints',
              count: job.checkpoints.length,
              content: <Checkpoints job={job} />,
            },
            {
              value: 'answers',
              label: 'Provider answers',
              count: job.attempts.length,
              content: <Attempts job={job} />,
            },
          ]}
        />
      </div>
    </>
  );
}
