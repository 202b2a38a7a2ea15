'use client';

import { Rocket, TriangleAlert } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { ErrorPanel } from '@/components/ui/error-panel';
import { KeyValues } from '@/components/ui/key-values';
import { Skeleton } from '@/components/ui/skeleton';
import { formatCount } from '@/lib/format';
import type { Money } from '@/lib/money';
import { formatDuration } from '@/lib/time';
import type { JobPlan } from '../../job.schema';
import { estimateText, launchLabel } from '../prepare-money';

interface LaunchSummaryProps {
  plan: JobPlan | undefined;
  /** The plan on the screen belongs to what is chosen now. */
  current: boolean;
  name: string;
  cap: Money | null;
  local: boolean;
  pending: boolean;
  error: unknown;
  /** What changed since the person looked; null = nothing did. */
  changes: readonly string[] | null;
}

/** Stays beside the steps: what will be launched, and the button with its amount. */
export function LaunchSummary({ plan, current, name, cap, local, pending, error, changes }: LaunchSummaryProps) {
  const blocked = (plan?.blockers.length ?? 0) > 0;
  return (
    <aside
      aria-label="Summary"
      className="grid gap-3 rounded-lg border bg-raised p-4 max-lg:order-first lg:sticky lg:top-16"
    >
      <h2 className="break-words font-semibold text-lg">{name || plan?.suggestedName || 'New job'}</h2>
      {plan ? (
        <KeyValues
          items={[
            ['Data', `${plan.dataset.name} v${plan.dataset.version}`],
            ['Base model', plan.baseModel.label],
            ['Runs at', plan.baseModel.connectionLabel],
            ['Steps', formatCount(plan.steps)],
            ['Time', plan.expectedMs === null ? 'unknown yet' : `about ${formatDuration(plan.expectedMs)}`],
            ['Cost', estimateText(plan.estimate)],
          ]}
        />
      ) : (
        <Skeleton className="h-36" />
      )}
      {changes !== null && <Changed changes={changes} />}
      {plan?.blockers.map((blocker) => (
        <p
          key={blocker.reason}
          role="alert"
          className="flex items-start gap-2 rounded-md bg-warn-soft p-2 text-sm text-warn"
        >
          <TriangleAlert aria-hidden className="mt-px size-4 shrink-0" />
          {blocker.message}
        </p>
      ))}
      {error !== null && error !== undefined && <ErrorPanel title="Nothing was launched" error={error} />}
      <Button
        type="submit"
        variant="primary"
        className="h-9 w-full whitespace-normal"
        pending={pending}
        disabled={!plan || !current || blocked}
      >
        <Rocket aria-hidden />
        {plan ? launchLabel({ plan, cap, local }) : 'Launch'}
      </Button>
      {!current && plan && (
        <p role="status" className="text-muted text-sm">
          Working out what this costs
        </p>
      )}
    </aside>
  );
}

function Changed({ changes }: { changes: readonly string[] }) {
  return (
    <div role="alert" className="rounded-md bg-warn-soft p-2 text-sm text-warn">
      <p className="font-medium">
        The plan changed since you looked, so nothing was launched. Launch again if it suits you.
      </p>
      {changes.length > 0 && (
        <ul className="mt-1 list-disc pl-4">
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
