import { cron, type InngestFunction } from 'inngest';
import { inngest } from '@/platform/inngest/client';
import type { BudgetService } from './budget.service';

export const createBudgetFunctions = (budgets: Pick<BudgetService, 'checkBudgets'>): InngestFunction.Like[] => [
  inngest().createFunction(
    { id: 'check-budgets', name: 'Check budgets', triggers: [cron('* * * * *')], retries: 0 },
    async ({ step }) => {
      await step.run('look-at-every-budget', () => budgets.checkBudgets());
    },
  ),
];
