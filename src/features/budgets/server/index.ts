import 'server-only';

export { createBudgetFunctions } from './budget.functions';
export { budgetQueries } from './budget.queries';
export { budgetRepository } from './budget.repository';
export { createBudgetRouter } from './budget.router';
export { type BudgetService, createBudgetService } from './budget.service';
export { ledgerQueries } from './ledger.queries';
export { ledgerRepository } from './ledger.repository';
export { priceQueries } from './price.queries';
export { priceRepository } from './price.repository';
