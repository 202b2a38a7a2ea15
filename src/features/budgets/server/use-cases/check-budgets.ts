import { logger } from '@/platform/logger/logger';
import { addToOutbox } from '@/platform/outbox/outbox';
import { balanceLine } from '../../budget.errors';
import { periodKey, stageOf } from '../../budget.rules';
import { budgetBreached, budgetWarned } from '../budget.events';
import type { WatchedBudget } from '../budget.queries';
import type { BudgetDeps } from '../budget.service';

const BATCH = 200;

type Deps = Pick<BudgetDeps, 'budgets' | 'queries' | 'inTransaction' | 'clock'>;

/**
 * Looks at every active budget of every workspace. News goes out once per budget and period, with the row that remembers
 * it: at 80 % of the limit, and over the limit (with `cancel` as the event that ends what is running).
 */
export const checkBudgets = (deps: Deps) => async (): Promise<{ warned: number; breached: number }> => {
  const now = deps.clock.now();
  const told = { warned: 0, breached: 0 };
  let last: string | null = null;
  for (;;) {
    const batch: WatchedBudget[] = await deps.queries.watched(now, last, BATCH);
    for (const budget of batch) {
      const stage = stageOf(budget);
      if (stage === 'near' && (await tell(deps, budget, 'warnedFor', now))) told.warned++;
      if (stage === 'over' && (await tell(deps, budget, 'breachedFor', now))) told.breached++;
    }
    last = batch.at(-1)?.id ?? null;
    if (batch.length < BATCH) return told;
  }
};

/** True when it was news: of several processes that see the same, one tells it. */
async function tell(
  { budgets, inTransaction }: Deps,
  budget: WatchedBudget,
  news: 'warnedFor' | 'breachedFor',
  now: Date,
): Promise<boolean> {
  const key = periodKey(budget.period, now);
  if (budget[news] === key) return false;
  const claimed = await inTransaction(async (tx) => {
    if (!(await budgets.claimNews(tx, budget.id, news, key))) return false;
    if (news === 'warnedFor') await addToOutbox(tx, budgetWarned(budget, key, now));
    // An agent's calls end by themselves: only jobs run on, and no job belongs to an agent's budget.
    else if (budget.onBreach === 'cancel' && budget.scope !== 'agent')
      await addToOutbox(tx, budgetBreached(budget, key, now));
    return true;
  });
  if (claimed) {
    const line = { budgetId: budget.id, workspaceId: budget.workspaceId, onBreach: budget.onBreach };
    logger.warn(
      { ...line, balance: balanceLine(budget) },
      news === 'warnedFor' ? 'budget nearly used' : 'budget exceeded',
    );
  }
  return claimed;
}
