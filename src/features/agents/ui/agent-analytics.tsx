'use client';

import { useState } from 'react';
import { Card } from '@/components/ui/card';
import { ErrorPanel } from '@/components/ui/error-panel';
import { MoneyText } from '@/components/ui/money-text';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { Skeleton } from '@/components/ui/skeleton';
import { Stat } from '@/components/ui/stat';
import { Table, Td, Th } from '@/components/ui/table';
import { formatCount, formatPercent } from '@/lib/format';
import { formatDuration } from '@/lib/time';
import { trpc } from '@/trpc/client';

const spans = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
] as const;

const duration = (ms: number | null): string => (ms === null ? '–' : formatDuration(ms));

/** Calls, cost, latency and ratings, in all and by release. */
export function AgentAnalytics({ agentId }: { agentId: string }) {
  const [days, setDays] = useState<(typeof spans)[number]['value']>('30');
  const query = trpc.agents.analytics.useQuery({ agentId, days: Number(days) });
  const figures = query.data;
  if (query.error && !figures)
    return <ErrorPanel title="Figures could not be loaded" error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div className="grid gap-4">
      <SegmentedControl aria-label="Span" options={spans} value={days} onValueChange={setDays} />
      {!figures ? (
        <Skeleton className="h-40" />
      ) : (
        <>
          <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
            <Stat
              label="Calls"
              value={formatCount(figures.calls)}
              note={figures.calls > 0 ? `${formatPercent(figures.errors / figures.calls, 1)} failed` : 'none yet'}
            />
            <Stat
              label="Cost"
              value={<MoneyText amount={figures.cost} />}
              note={`${formatCount(figures.tokensIn)} tokens in, ${formatCount(figures.tokensOut)} out`}
            />
            <Stat
              label="Latency, median"
              value={duration(figures.latencyP50Ms)}
              note={`95 % within ${duration(figures.latencyP95Ms)}`}
            />
            <Stat label="Ratings" value={`${figures.ratingsUp} good`} note={`${figures.ratingsDown} bad`} />
          </div>
          {figures.byRelease.length > 0 && (
            <Card title="By release" flush>
              <Table>
                <thead>
                  <tr>
                    <Th>Release</Th>
                    <Th>Model</Th>
                    <Th numeric>Calls</Th>
                    <Th numeric>Rated good</Th>
                    <Th numeric>Rated bad</Th>
                    <Th numeric>Latency, median</Th>
                  </tr>
                </thead>
                <tbody>
                  {figures.byRelease.map((release) => (
                    <tr key={release.release}>
                      <Td>{release.release}</Td>
                      <Td>{release.modelLabel}</Td>
                      <Td numeric>{formatCount(release.calls)}</Td>
                      <Td numeric>{release.ratingsUp}</Td>
                      <Td numeric>{release.ratingsDown}</Td>
                      <Td numeric>{duration(release.latencyP50Ms)}</Td>
                    </tr>
                  ))}
                </tbody>
              </Table>
            </Card>
          )}
        </>
      )}
    </div>
  );
}
