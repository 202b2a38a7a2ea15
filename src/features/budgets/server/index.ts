import 'server-only';

export type { BudgetService, BudgetWarning, ChargeRequest, HoldRequest, Settlement } from './budget.service';
