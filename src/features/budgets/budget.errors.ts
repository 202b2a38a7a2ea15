import { AppError, notFound } from '@/lib/app-error';
import { type Money, toDecimalUsd } from '@/lib/money';
import { type BudgetState, leftOf } from './budget.rules';
import { exactUsd } from './price.rules';

export const budgetNotFound = () => notFound('budget', 'budgets.not_found');

const periodWords = { month: 'this month', total: 'in all' } as const;

/** "limit $10.00 this month - $8.00 spent - $1.50 held by open jobs = $0.50 left" */
export function balanceLine(budget: BudgetState): string {
  const { limit, period, spent, held } = budget;
  return `limit ${exactUsd(limit)} ${periodWords[period]} − ${exactUsd(spent)} spent − ${exactUsd(held)} held by open jobs = ${exactUsd(leftOf(budget))} left`;
}

const evidence = (budget: BudgetState) => ({
  budgetId: budget.id,
  name: budget.name,
  period: budget.period,
  limit: toDecimalUsd(budget.limit),
  spent: toDecimalUsd(budget.spent),
  held: toDecimalUsd(budget.held),
  left: toDecimalUsd(leftOf(budget)),
});

const named = (budget: BudgetState): string => `Budget "${budget.name}": ${balanceLine(budget)}.`;

/** Amounts in `details` are decimal dollars as text. */
export const capReached = (amount: Money, refusing: readonly BudgetState[]) =>
  new AppError({
    kind: 'budget_exceeded',
    reason: 'budgets.cap_reached',
    message: `This needs ${exactUsd(amount)} and does not fit. ${refusing.map(named).join(' ')} Raise the budget, wait until open jobs have ended, or make this job cheaper (fewer epochs, a lower cap).`,
    details: { needed: toDecimalUsd(amount), budgets: refusing.map(evidence) },
  });

export const nothingLeft = (refusing: readonly BudgetState[]) =>
  new AppError({
    kind: 'budget_exceeded',
    reason: 'budgets.cap_reached',
    message: `Nothing is left to spend. ${refusing.map(named).join(' ')} Raise the budget, or wait until open jobs have ended.`,
    details: { needed: null, budgets: refusing.map(evidence) },
  });

export const holdClosed = (jobId: string) =>
  new AppError({
    kind: 'conflict',
    reason: 'budgets.hold_closed',
    message:
      'The money of this job was released already, so it cannot be launched again. Start a new job with the same settings.',
    details: { jobId },
  });

export const amountOutOfRange = (amount: Money) =>
  new AppError({
    kind: 'invalid_input',
    reason: 'budgets.amount_out_of_range',
    message: `${exactUsd(amount)} cannot be booked: amounts lie between $0.00 and $1,000,000,000. Correct the amount.`,
  });
