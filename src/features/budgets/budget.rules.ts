import type { Money } from '@/lib/money';
import type { Budget, BudgetSummary } from './budget.schema';

const DAY_MS = 24 * 3600 * 1000;
/** A month's first hours say nothing about the rest of it. */
const FORECAST_AFTER_DAYS = 2;
const WARN_AT_PERCENT = 80n;

type Period = Budget['period'];

/** First instant of the month, in UTC, `offset` months away. */
export const monthStart = (now: Date, offset = 0): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1));

/** Names a period, so that news about it can be told once: "2026-11" or "total". */
export const periodKey = (period: Period, now: Date): string =>
  period === 'total' ? 'total' : now.toISOString().slice(0, 7);

/** Straight line from the daily average so far, rounded up; null in the first two days. */
export function forecastMonth(spent: Money, now: Date): Money | null {
  const start = monthStart(now).getTime();
  const elapsed = now.getTime() - start;
  if (elapsed < FORECAST_AFTER_DAYS * DAY_MS) return null;
  const whole = BigInt(monthStart(now, 1).getTime() - start);
  return spent <= 0n ? 0n : (spent * whole + BigInt(elapsed) - 1n) / BigInt(elapsed);
}

/**
 * Spend of this and the last month from spend per day.
 * @param byDay UTC days ("2026-11-24") with charges less refunds; days without an entry are missing
 */
export function spendingOf(
  byDay: readonly { date: string; amount: Money }[],
  now: Date,
): Pick<BudgetSummary, 'spentThisMonth' | 'spentLastMonth' | 'forecast' | 'days'> {
  const amounts = new Map(byDay.map(({ date, amount }) => [date, amount]));
  const sumOf = (month: string) =>
    byDay.reduce((sum, { date, amount }) => (date.startsWith(month) ? sum + amount : sum), 0n);
  const spentThisMonth = sumOf(periodKey('month', now));
  const days = Array.from({ length: now.getUTCDate() }, (_, index) => {
    const date = new Date(monthStart(now).getTime() + index * DAY_MS).toISOString().slice(0, 10);
    return { date, amount: amounts.get(date) ?? 0n };
  });
  return {
    spentThisMonth,
    spentLastMonth: sumOf(periodKey('month', monthStart(now, -1))),
    forecast: forecastMonth(spentThisMonth, now),
    days,
  };
}

export type BudgetState = Pick<Budget, 'id' | 'name' | 'period' | 'limit' | 'spent' | 'held' | 'onBreach'>;

/** What a budget still allows; negative when it is over already. */
export const leftOf = ({ limit, spent, held }: Pick<Budget, 'limit' | 'spent' | 'held'>): Money => limit - spent - held;

/** `block` and `cancel` refuse new spending; `cancel` also ends what is running. */
export const refuses = ({ onBreach }: Pick<Budget, 'onBreach'>): boolean => onBreach !== 'warn';

/** Which budgets an amount does not fit into: those that refuse it, and those that only speak up. */
export function judgeHold<B extends BudgetState>(
  budgets: readonly B[],
  amount: Money,
): { refusing: B[]; warning: B[] } {
  const over = amount > 0n ? budgets.filter((budget) => amount > leftOf(budget)) : [];
  return { refusing: over.filter(refuses), warning: over.filter((budget) => !refuses(budget)) };
}

/** `over` = spent and held exceed the limit; `near` = 80 % of it are used. A budget of 0 is never near, only over. */
export function stageOf(budget: Pick<Budget, 'limit' | 'spent' | 'held'>): 'fine' | 'near' | 'over' {
  if (leftOf(budget) < 0n) return 'over';
  const used = budget.spent + budget.held;
  return budget.limit > 0n && used * 100n >= budget.limit * WARN_AT_PERCENT ? 'near' : 'fine';
}
