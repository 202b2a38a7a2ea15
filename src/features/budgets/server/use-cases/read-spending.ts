import type { Actor } from '@/lib/actor';
import type { Page } from '@/lib/keyset';
import { monthStart, spendingOf } from '../../budget.rules';
import type { BudgetSummary, LedgerEntry, LedgerInput } from '../../budget.schema';
import type { BudgetDeps } from '../budget.service';

/** Spend of this month and the last, what is held, and every budget with its balance. */
export const summariseSpending =
  ({ queries, ledgerQueries, clock }: Pick<BudgetDeps, 'queries' | 'ledgerQueries' | 'clock'>) =>
  async (actor: Actor): Promise<BudgetSummary> => {
    actor.require('budgets:read');
    const now = clock.now();
    const [byDay, held, budgets] = await Promise.all([
      ledgerQueries.spentByDay(actor.workspaceId, monthStart(now, -1)),
      ledgerQueries.held(actor.workspaceId),
      queries.list(actor.workspaceId, now),
    ]);
    return { ...spendingOf(byDay, now), held, budgets };
  };

export const readLedger =
  ({ ledgerQueries }: Pick<BudgetDeps, 'ledgerQueries'>) =>
  (actor: Actor, input: LedgerInput): Promise<Page<LedgerEntry>> => {
    actor.require('budgets:read');
    return ledgerQueries.page(actor.workspaceId, input);
  };
