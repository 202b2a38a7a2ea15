'use client';

import Link from 'next/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { Skeleton } from '@/components/ui/skeleton';
import { auditWords } from '@/features/workspaces';
import { type RouterOutputs, trpc } from '@/trpc/client';
import type { Lists } from './lists';
import { auditInput } from './overview-queries';

interface RecentActivityProps {
  /** May this person read the audit log? If not, the newest jobs stand in for it. */
  auditable: boolean;
  jobs: Lists['jobs'];
}

interface Line {
  id: string;
  who: string;
  what: string;
  at: Date;
  href: string | null;
}

const PLACES: Record<string, string> = { dataset: 'datasets', job: 'jobs', model: 'models', agent: 'agents' };
const SHOWN = 8;

export function RecentActivity({ auditable, jobs }: RecentActivityProps) {
  const audit = trpc.workspaces.audit.useQuery(auditInput, { enabled: auditable });
  const lines = auditable ? audit.data?.items.map(ofAudit) : jobs?.items.slice(0, SHOWN).map(ofJob);
  if (audit.error) return <p className="px-4 pb-4 text-muted">The log could not be loaded: {audit.error.message}</p>;
  if (!lines) return <Skeleton className="m-4 h-24" />;
  if (lines.length === 0)
    return <p className="px-4 pt-1 pb-4 text-muted">What people and programs change here is listed as it happens.</p>;
  return (
    <ul className="divide-y border-t text-sm">
      {lines.map((line) => (
        <li key={line.id} className="flex min-h-9 items-center justify-between gap-4 px-4 py-1.5">
          <span className="min-w-0 truncate">
            <span className="font-medium">{line.who}</span>{' '}
            {line.href ? (
              <Link href={line.href} className="rounded-sm text-muted hover:text-fg hover:underline">
                {line.what}
              </Link>
            ) : (
              <span className="text-muted">{line.what}</span>
            )}
          </span>
          <RelativeTime date={line.at} className="shrink-0 text-muted" />
        </li>
      ))}
    </ul>
  );
}

type Audit = RouterOutputs['workspaces']['audit']['items'][number];

function ofAudit(entry: Audit): Line {
  const place = PLACES[entry.subject];
  const gone = entry.action.endsWith('.deleted');
  const href = place && entry.subjectId && !gone ? `/dashboard/fine-tuning/${place}/${entry.subjectId}` : null;
  return { id: entry.id, who: entry.actorLabel, what: auditWords(entry), at: entry.createdAt, href };
}

function ofJob(job: NonNullable<Lists['jobs']>['items'][number]): Line {
  const href = `/dashboard/fine-tuning/jobs/${job.id}`;
  return {
    id: job.id,
    who: job.createdByLabel ?? 'Somebody',
    what: `started job ${job.name}`,
    at: job.createdAt,
    href,
  };
}
