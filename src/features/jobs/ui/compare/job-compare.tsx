'use client';

import { skipToken } from '@tanstack/react-query';
import { GitCompareArrows, X } from 'lucide-react';
import Link from 'next/link';
import {
  parseAsArrayOf,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
  useQueryState,
  useQueryStates,
} from 'nuqs';
import { LineChart } from '@/components/charts/line-chart';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { IconButton } from '@/components/ui/icon-button';
import { PageHeader } from '@/components/ui/page-header';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { Select } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { Switch } from '@/components/ui/switch';
import { trpc } from '@/trpc/client';
import type { JobDetail, MetricPoint } from '../../job.schema';
import { metricsQuery } from '../monitor/monitor-queries';
import { three } from '../monitor/prepare-loss-chart';
import { ComparedTable } from './compared-table';
import { compareSeries, labelsOf } from './prepare-comparison';

/** As many lines as can be told apart. */
const MOST = 5;

/** Runs side by side: their curves over each other, and what they did differently. */
export function JobCompare() {
  const [ids, setIds] = useQueryState('ids', parseAsArrayOf(parseAsString).withDefault([]));
  const shown = [...new Set(ids)].slice(0, MOST);
  const details = trpc.useQueries((t) => shown.map((id) => t.jobs.get({ id })));
  const metrics = trpc.useQueries((t) => shown.map((id) => t.jobs.metrics(metricsQuery(id))));
  const error = details.find((query) => query.error)?.error ?? metrics.find((query) => query.error)?.error;
  const runs = details.flatMap((query, index) =>
    query.data ? [{ job: query.data, points: metrics[index]?.data ?? [] }] : [],
  );
  const remove = (id: string) => void setIds(shown.filter((one) => one !== id));
  return (
    <>
      <PageHeader title="Compare jobs" summary="Curves side by side, and the settings that differ." />
      <div className="grid gap-4">
        <Chosen jobs={runs.map(({ job }) => job)} onRemove={remove}>
          {shown.length < MOST && <AddJob taken={shown} onAdd={(id) => void setIds([...shown, id])} />}
        </Chosen>
        {error && (
          <ErrorPanel
            title="A job could not be loaded"
            error={error}
            onRetry={() => {
              for (const query of [...details, ...metrics]) if (query.error) void query.refetch();
            }}
          />
        )}
        {shown.length === 0 ? (
          <Card flush>
            <EmptyState icon={<GitCompareArrows />}>Choose two or more jobs above to see them side by side.</EmptyState>
          </Card>
        ) : runs.length === 0 ? (
          !error && <Skeleton className="h-96" />
        ) : (
          <>
            <Curves runs={runs} />
            <ComparedTable jobs={runs.map(({ job }) => job)} />
          </>
        )}
      </div>
    </>
  );
}

interface ChosenProps {
  jobs: readonly JobDetail[];
  onRemove: (id: string) => void;
  children: React.ReactNode;
}

function Chosen({ jobs, onRemove, children }: ChosenProps) {
  const labels = labelsOf(jobs);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {jobs.map((job, index) => (
        <span key={job.id} className="inline-flex h-8 items-center gap-1 rounded-md border bg-raised pr-0.5 pl-2.5">
          <Link href={`/dashboard/fine-tuning/jobs/${job.id}`} className="hover:text-accent hover:underline">
            {labels[index]}
          </Link>
          <IconButton size="sm" label={`Leave ${job.name} out`} onClick={() => onRemove(job.id)}>
            <X />
          </IconButton>
        </span>
      ))}
      {children}
    </div>
  );
}

function AddJob({ taken, onAdd }: { taken: readonly string[]; onAdd: (id: string) => void }) {
  const list = trpc.jobs.list.useQuery(taken.length < MOST ? { limit: 100 } : skipToken);
  const options = (list.data?.items ?? [])
    .filter((job) => !taken.includes(job.id))
    .map((job) => ({
      value: job.id,
      label: job.name,
      hint: `${job.status} · ${job.dataset.name} v${job.dataset.version}`,
    }));
  return (
    <Select
      aria-label="Add a job to compare"
      className="w-56"
      placeholder={options.length === 0 ? 'No other job' : 'Add a job'}
      options={options}
      value={undefined}
      disabled={options.length === 0}
      onValueChange={onAdd}
    />
  );
}

const view = {
  loss: parseAsStringLiteral(['validLoss', 'trainLoss']).withDefault('validLoss'),
  log: parseAsBoolean.withDefault(false),
  share: parseAsBoolean.withDefault(false),
};

function Curves({ runs }: { runs: readonly { job: JobDetail; points: readonly MetricPoint[] }[] }) {
  const [{ loss, log, share }, setView] = useQueryStates(view);
  const series = compareSeries(runs, loss, share);
  return (
    <Card
      title="Loss"
      actions={
        <SegmentedControl
          aria-label="Which loss"
          options={[
            { value: 'validLoss', label: 'Validation' },
            { value: 'trainLoss', label: 'Train' },
          ]}
          value={loss}
          onValueChange={(next) => void setView({ loss: next })}
        />
      }
    >
      <LineChart
        label={`${loss === 'validLoss' ? 'Validation' : 'Train'} loss of ${runs.map(({ job }) => job.name).join(', ')}`}
        series={series}
        xName={share ? 'percent of the steps' : 'step'}
        yName="loss"
        formatY={three}
        height={320}
        logScale={log}
      />
      <div className="mt-3 flex flex-wrap gap-x-6 gap-y-2">
        <Switch
          label="By share of the steps"
          checked={share}
          onCheckedChange={(on) => void setView({ share: on || null })}
        />
        <Switch label="Log scale" checked={log} onCheckedChange={(on) => void setView({ log: on || null })} />
      </div>
    </Card>
  );
}
