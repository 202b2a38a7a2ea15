'use client';

import { CodeBlock } from '@/components/ui/code-block';
import { Elapsed } from '@/components/ui/elapsed';
import { ErrorPanel } from '@/components/ui/error-panel';
import { KeyValues } from '@/components/ui/key-values';
import { RelativeTime } from '@/components/ui/relative-time';
import { Sheet } from '@/components/ui/sheet';
import { Skeleton } from '@/components/ui/skeleton';
import { StatusBadge } from '@/components/ui/status-badge';
import { trpc } from '@/trpc/client';
import { RunStep } from './run-step';
import { errorMessage, runTones } from './run-words';

const REFRESH_MS = 2000;

/** One run: what it was asked, its steps in order, how it ended. */
export function RunSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const run = trpc.ops.run.useQuery(
    { id },
    { refetchInterval: (query) => (query.state.data?.endedAt === null ? REFRESH_MS : false) },
  );
  const data = run.data;
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={data ? (data.functionName ?? data.functionId) : 'Run'}
    >
      {run.error && (
        <ErrorPanel title="The run could not be loaded" error={run.error} onRetry={() => void run.refetch()} />
      )}
      {run.data === null && <p className="text-muted">This run is not kept any more, or never was.</p>}
      {run.isPending && <Skeleton className="h-40" />}
      {data && (
        <div className="space-y-5">
          <KeyValues
            items={[
              [
                'State',
                <StatusBadge key="state" tone={runTones[data.status]} busy={data.status === 'running'}>
                  {data.status}
                </StatusBadge>,
              ],
              [
                'Run',
                <code key="id" className="font-mono text-xs">
                  {data.id}
                </code>,
              ],
              ['Began', <RelativeTime key="began" date={data.createdAt} />],
              ['Took', data.startedAt && <Elapsed since={data.startedAt} until={data.endedAt} />],
              [
                'Next call',
                data.nextCall && (
                  <span key="next">
                    attempt {data.nextCall.attempt + 1},{' '}
                    {data.nextCall.running ? 'running' : <RelativeTime date={data.nextCall.at} />}
                  </span>
                ),
              ],
              ['Error', errorMessage(data.error)],
            ]}
          />
          <section>
            <h3 className="mb-2 font-semibold">Steps</h3>
            {data.steps.length === 0 && <p className="text-muted">No step has begun.</p>}
            <ol className="space-y-1">
              {data.steps.map((step) => (
                <RunStep key={step.id} step={step} />
              ))}
            </ol>
          </section>
          <CodeBlock title="Event" code={JSON.stringify(data.event, null, 2)} />
          {data.output !== null && <CodeBlock title="Output" code={JSON.stringify(data.output, null, 2)} />}
        </div>
      )}
    </Sheet>
  );
}
