'use client';

import { Card } from '@/components/ui/card';
import { ErrorPanel } from '@/components/ui/error-panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { Skeleton } from '@/components/ui/skeleton';
import { Stat } from '@/components/ui/stat';
import { formatCount } from '@/lib/format';
import { formatDuration } from '@/lib/time';
import { trpc } from '@/trpc/client';
import { FunctionTable } from './function-table';
import { HealthTable } from './health-table';
import { RunsPanel } from './runs-panel';

const REFRESH_MS = 5000;

/** What an operator looks at: the parts, the queue, the runs. */
export function OpsOverview({ dashboardUrl }: { dashboardUrl: string | null }) {
  const overview = trpc.ops.overview.useQuery(undefined, { refetchInterval: REFRESH_MS });
  if (overview.error) {
    return (
      <ErrorPanel
        title="The state of this installation could not be read"
        error={overview.error}
        onRetry={() => void overview.refetch()}
      />
    );
  }
  if (!overview.data) return <Skeleton className="h-80" />;
  const { health, outbox, stats, embedded, functions } = overview.data;
  return (
    <div className="space-y-5">
      <Card flush title={`Parts, as ${health.instance} sees them`}>
        <HealthTable parts={health.parts} />
      </Card>
      <Card title="Background work">
        <div className="grid grid-cols-2 gap-4 rail:grid-cols-4">
          <Stat
            label="Events waiting to be handed over"
            value={formatCount(outbox.waiting)}
            note={
              outbox.oldest === null ? (
                'none is late'
              ) : (
                <>
                  the oldest since <RelativeTime date={outbox.oldest} />
                </>
              )
            }
          />
          {stats && (
            <>
              <Stat
                label="Calls due"
                value={formatCount(stats.queue.due)}
                note={
                  stats.oldestDueMs === null ? 'none is late' : `the oldest for ${formatDuration(stats.oldestDueMs)}`
                }
              />
              <Stat
                label="Calls running"
                value={formatCount(stats.queue.running)}
                note={`${formatCount(stats.queue.later)} planned for later`}
              />
              <Stat
                label="Runs failed"
                value={formatCount(stats.runs.failed)}
                note={`of ${formatCount(Object.values(stats.runs).reduce((sum, count) => sum + count, 0))} kept`}
              />
            </>
          )}
        </div>
      </Card>
      {embedded ? (
        <>
          <RunsPanel functions={functions} />
          <Card flush title="Functions">
            <FunctionTable functions={functions} />
          </Card>
        </>
      ) : (
        <Card title="Runs">
          <p className="text-muted">
            Functions run on an Inngest server here.{' '}
            {dashboardUrl ? (
              <a className="text-accent underline" href={dashboardUrl} target="_blank" rel="noreferrer">
                Open its dashboard
              </a>
            ) : (
              'Its dashboard'
            )}{' '}
            shows runs and steps.
          </p>
        </Card>
      )}
    </div>
  );
}
