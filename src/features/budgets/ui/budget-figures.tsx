'use client';

import { BarChart } from '@/components/charts/bar-chart';
import { Card } from '@/components/ui/card';
import { ErrorPanel } from '@/components/ui/error-panel';
import { MoneyText } from '@/components/ui/money-text';
import { Skeleton } from '@/components/ui/skeleton';
import { Stat } from '@/components/ui/stat';
import { formatMoney } from '@/lib/money';
import { trpc } from '@/trpc/client';
import { prepareDays } from './prepare-days';

/** This month in four figures and a bar for each day. */
export function BudgetFigures() {
  const summary = trpc.budgets.summary.useQuery();
  if (summary.error) {
    return (
      <ErrorPanel title="Spending could not be loaded" error={summary.error} onRetry={() => void summary.refetch()} />
    );
  }
  if (!summary.data) return <Skeleton className="h-72" />;
  const { spentThisMonth, spentLastMonth, held, forecast, days } = summary.data;
  return (
    <Card>
      <div className="grid grid-cols-2 gap-4 rail:grid-cols-4">
        <Stat
          label="Spent this month"
          value={formatMoney(spentThisMonth)}
          note={`last month ${formatMoney(spentLastMonth)}`}
        />
        <Stat label="Held by running jobs" value={formatMoney(held)} note="given back or charged when they end" />
        <Stat
          label="Forecast for the month"
          value={<MoneyText amount={forecast} unknown="too early" />}
          note="a straight line from the days so far"
        />
        <Stat
          label="Days with spending"
          value={days.filter((day) => day.amount > 0n).length}
          note={`of ${days.length} so far`}
        />
      </div>
      {spentThisMonth > 0n && (
        <div className="mt-5">
          <BarChart
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
