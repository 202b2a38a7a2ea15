'use client';

import { Wallet } from 'lucide-react';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { trpc } from '@/trpc/client';
import { AddCapButton } from './add-cap-button';
import { CapRow } from './cap-row';

/** The limits that hold, and how far each is used. `manages` decides about the buttons only. */
export function CapsPanel({ manages }: { manages: boolean }) {
  const summary = trpc.budgets.summary.useQuery();
  // A failure is shown once, by the figures above, which ask the same question.
  if (summary.error) return null;
  const budgets = summary.data?.budgets;
  return (
    <Card flush title="Caps" actions={manages ? <AddCapButton /> : undefined}>
      {budgets === undefined && <Skeleton className="m-4 h-16" />}
      {budgets?.length === 0 && (
        <EmptyState icon={<Wallet />}>
          A cap stops paid jobs before they cost more than you allow. Jobs on the built-in trainer are free and need
          none.
        </EmptyState>
      )}
      <ul className="divide-y">
        {budgets?.map((budget) => (
          <CapRow key={budget.id} budget={budget} manages={manages} />
        ))}
      </ul>
    </Card>
  );
}
