import type { BudgetSummary } from '../budget.schema';

const NANO = 1e9;

/** A bar for each day of the month so far, in dollars; days without an entry are zero, not missing. */
export function prepareDays(days: BudgetSummary['days']): { name: string; range: string; value: number }[] {
  const last = days.at(-1);
  if (!last) return [];
  const month = last.date.slice(0, 8);
  const spent = new Map(days.map((day) => [day.date, Number(day.amount) / NANO]));
  return Array.from({ length: Number(last.date.slice(8)) }, (_, index) => {
    const date = `${month}${String(index + 1).padStart(2, '0')}`;
    return { name: String(index + 1), range: date, value: spent.get(date) ?? 0 };
  });
}
