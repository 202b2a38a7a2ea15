'use client';

import Link from 'next/link';
import { cn } from '@/components/ui/cn';
import { formatMoney } from '@/lib/money';
import { trpc } from '@/trpc/client';

const NEAR = 0.8;

/** "$38.00 of $200.00": this month against the workspace's monthly cap. Nothing at all where nothing was spent or capped. */
export function SpendChip() {
  const { data } = trpc.budgets.summary.useQuery();
  if (!data) return null;
  const cap = data.budgets.find((one) => one.active && one.scope === 'workspace' && one.period === 'month');
  if (!cap && data.spentThisMonth === 0n) return null;
  const near = cap !== undefined && Number(cap.spent + cap.held) >= Number(cap.limit) * NEAR;
  return (
    <Link
      href="/dashboard/fine-tuning/budgets"
      title={cap && data.held > 0n ? `${formatMoney(data.held)} more is held by running jobs` : 'Spent this month'}
      className={cn(
        'flex h-8 shrink-0 items-center rounded-md px-2 text-sm hover:bg-hover max-sm:hidden',
        near ? 'font-medium text-warn' : 'text-muted',
      )}
    >
      {formatMoney(data.spentThisMonth)}
      {cap ? ` of ${formatMoney(cap.limit)}` : ' this month'}
    </Link>
  );
}
