import 'server-only';

export { createBudgetRouter } from './budget.router';
export type { BudgetService, BudgetWarning, ChargeRequest, HoldRequest, Settlement } from './budget.service';
