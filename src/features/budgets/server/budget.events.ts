import type { OutboxMessage } from '@/platform/outbox/outbox';
import type { WatchedBudget } from './budget.queries';

/** Somebody should look: 80 % of the limit are used. */
const BUDGET_WARNED = 'budget/warned';

/** Over a limit with `cancel`: whoever runs something that this budget covers ends it. */
const BUDGET_BREACHED = 'budget/breached';

// The time keeps ids apart when a limit is changed and passed again within one period.
const message =
  (name: string, word: string) =>
  (budget: WatchedBudget, period: string, now: Date): OutboxMessage => ({
    id: `budget-${budget.id}-${word}-${period}-${now.getTime()}`,
    name,
    data: {
      budgetId: budget.id,
      workspaceId: budget.workspaceId,
      /** Null = everything in the workspace. */
      connectionId: budget.scope === 'connection' ? budget.scopeId : null,
    },
  });

export const budgetWarned = message(BUDGET_WARNED, 'warned');
export const budgetBreached = message(BUDGET_BREACHED, 'breached');
