'use client';

import { Card } from '@/components/ui/card';
import { ErrorPanel } from '@/components/ui/error-panel';
import { trpc } from '@/trpc/client';
import { AttentionPanel } from './attention-panel';
import { Counts } from './counts';
import { FirstSteps } from './first-steps';
import { listInput } from './overview-queries';
import { RecentActivity } from './recent-activity';
import { RunningJobs } from './running-jobs';
import { SpendPanel } from './spend-panel';

/** The state of the whole loop on one screen. Each list is asked for once and shared by the parts that need it. */
export function Overview({ auditable }: { auditable: boolean }) {
  const datasets = trpc.datasets.list.useQuery(listInput);
  const jobs = trpc.jobs.list.useQuery(listInput);
  const models = trpc.models.list.useQuery(listInput);
  const agents = trpc.agents.list.useQuery(listInput);
  const failed = [datasets, jobs, models, agents].find((query) => query.error);
  const lists = { datasets: datasets.data, jobs: jobs.data, models: models.data, agents: agents.data };
  return (
    <div className="space-y-5">
      {failed && (
        <ErrorPanel
          title="Part of the overview could not be loaded"
          error={failed.error}
          onRetry={() => void failed.refetch()}
        />
      )}
      <FirstSteps {...lists} />
      <AttentionPanel {...lists} />
      <Counts {...lists} />
      <div className="grid gap-5 rail:grid-cols-[3fr_2fr]">
        <div className="min-w-0 space-y-5">
          <Card flush title="Running jobs">
            <RunningJobs />
          </Card>
          <Card flush title="Recent activity">
            <RecentActivity auditable={auditable} jobs={jobs.data} />
          </Card>
        </div>
        <SpendPanel />
      </div>
    </div>
  );
}
