'use client';

import { CircleAlert, CircleX, Flag, type LucideIcon, MessageSquareText, Wallet, Workflow } from 'lucide-react';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ErrorPanel } from '@/components/ui/error-panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { formatCount } from '@/lib/format';
import type { JobEvent, MetricPoint } from '../../job.schema';
import { three } from './prepare-loss-chart';

const kinds = ['all', 'status', 'message', 'checkpoint', 'money', 'warning', 'steps'] as const;
const options = [
  { value: 'all', label: 'All' },
  { value: 'status', label: 'State' },
  { value: 'message', label: 'Messages' },
  { value: 'checkpoint', label: 'Checkpoints' },
  { value: 'money', label: 'Money' },
  { value: 'warning', label: 'Warnings' },
  { value: 'steps', label: 'Steps' },
] as const;

const ICON: Record<JobEvent['type'], LucideIcon> = {
  status: Workflow,
  message: MessageSquareText,
  metric: MessageSquareText,
  checkpoint: Flag,
  money: Wallet,
  warning: CircleAlert,
};

const PAGE = 50;

interface EventListProps {
  /** Sorted by number, without metrics. */
  events: readonly JobEvent[];
  points: readonly MetricPoint[];
  error: unknown;
}

/** What happened, newest first. Steps are many and drawn above; here they are when one asks for them. */
export function EventList({ events, points, error }: EventListProps) {
  const [kind, setKind] = useQueryState('events', parseAsStringLiteral(kinds).withDefault('all'));
  const [shown, setShown] = useState(PAGE);
  const matching = kind === 'steps' ? [] : events.filter((event) => kind === 'all' || event.type === kind);
  const total = kind === 'steps' ? points.length : matching.length;
  return (
    <Card flush>
      <div className="overflow-x-auto p-3">
        <SegmentedControl
          aria-label="Kind of event"
          options={options}
          value={kind}
          onValueChange={(next) => void setKind(next)}
        />
      </div>
      {error !== null && events.length === 0 ? (
        <ErrorPanel className="m-3" title="Events could not be loaded" error={error} />
      ) : (
        <ol aria-label="Events" className="divide-y border-t text-sm">
          {kind === 'steps'
            ? points
                .slice(-shown)
                .toReversed()
                .map((point) => <StepRow key={point.step} point={point} />)
            : matching
                .slice(-shown)
                .toReversed()
                .map((event) => <EventRow key={event.seq} event={event} />)}
          {total === 0 && <li className="px-4 py-6 text-center text-muted">Nothing of this kind yet.</li>}
        </ol>
      )}
      {total > shown && (
        <div className="flex justify-center border-t p-2">
          <Button size="sm" variant="ghost" onClick={() => setShown(shown + 4 * PAGE)}>
            Show earlier ones ({formatCount(total - shown)})
          </Button>
        </div>
      )}
    </Card>
  );
}

function EventRow({ event }: { event: JobEvent }) {
  const Icon = event.level === 'error' ? CircleX : ICON[event.type];
  const look = event.level === 'error' ? 'text-bad' : event.level === 'warn' ? 'text-warn' : 'text-faint';
  return (
    <li className="flex items-start gap-3 px-4 py-2">
      <Icon
        aria-label={event.level === 'info' ? event.type : event.level}
        className={`mt-px size-4 shrink-0 ${look}`}
      />
      <span className="min-w-0 flex-1 break-words">{event.message}</span>
      <span className="shrink-0 text-faint">
        <RelativeTime date={event.providerTime ?? event.receivedAt} />
      </span>
    </li>
  );
}

function StepRow({ point }: { point: MetricPoint }) {
  const parts = [
    point.trainLoss === null ? null : `train ${three(point.trainLoss)}`,
    point.validLoss === null ? null : `validation ${three(point.validLoss)}`,
    point.fullValidLoss === null ? null : `full validation ${three(point.fullValidLoss)}`,
    point.tokensPerSecond === null ? null : `${formatCount(Math.round(point.tokensPerSecond))} tokens/s`,
  ];
  return (
    <li className="flex gap-3 px-4 py-1.5">
      <span className="w-24 shrink-0 text-muted">step {formatCount(point.step)}</span>
      <span className="min-w-0 flex-1">{parts.filter((part) => part !== null).join(' · ')}</span>
      {point.providerTime && (
        <span className="shrink-0 text-faint">
          <RelativeTime date={point.providerTime} />
        </span>
      )}
    </li>
  );
}
