'use client';

import Link from 'next/link';
import { BarChart } from '@/components/charts/bar-chart';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ErrorPanel } from '@/components/ui/error-panel';
import { ProgressBar } from '@/components/ui/progress-bar';
import { Skeleton } from '@/components/ui/skeleton';
import { prepareDays } from '@/features/budgets';
import { formatMoney } from '@/lib/money';
import { trpc } from '@/trpc/client';

const NEAR = 0.8;

/** This month against its cap. */
export function SpendPanel() {
  const summary = trpc.budgets.summary.useQuery();
  if (summary.error) {
    return (
      <ErrorPanel title="Spending could not be loaded" error={summary.error} onRetry={() => void summary.refetch()} />
    );
  }
  if (!summary.data) return <Skeleton className="h-48" />;
  const { spentThisMonth, spentLastMonth, held, forecast, budgets, days } = summary.data;
  const cap = budgets.find((one) => one.active && one.scope === 'workspace' && one.period === 'month');
  const ratio = cap && cap.limit > 0n ? Number(cap.spent + cap.held) / Number(cap.limit) : 0;
  return (
    <Card
      className="self-start"
      title="Spend this month"
      actions={
        <Button asChild size="sm" variant="ghost">
          <Link href="/dashboard/fine-tuning/budgets">Budgets</Link>
        </Button>
      }
    >
      <div className="font-semibold text-2xl">{formatMoney(spentThisMonth)}</div>
      <p className="mt-0.5 text-muted text-sm">
        {forecast !== null && spentThisMonth > 0n && `about ${formatMoney(forecast)} by the end of the month · `}
        last month {formatMoney(spentLastMonth)}
      </p>
      {cap ? (
        <ProgressBar
          className="mt-4"
          label={`${cap.name}, used`}
          value={ratio}
          tone={ratio >= 1 ? 'bad' : ratio >= NEAR ? 'warn' : 'accent'}
        >
          {formatMoney(cap.spent + cap.held)} of {formatMoney(cap.limit)}
          {held > 0n && `, ${formatMoney(held)} of it held by running jobs`}
        </ProgressBar>
      ) : (
        <p className="mt-4 text-muted text-sm">No monthly cap is set. Jobs on the built-in trainer are free.</p>
      )}
      {spentThisMonth > 0n && (
        <div className="mt-4">
          <BarChart
            height={120}
            label="Spent each day of this month, in dollars"
            bars={prepareDays(days)}
            xName="day"
            valueName="spent"
            formatValue={(dollars) => `$${dollars.toLocaleString('en-US', { maximumSignificantDigits: 3 })}`}
          />
        </div>
      )}
    </Card>
  );
}
