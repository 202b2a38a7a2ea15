export { BudgetFigures } from './ui/budget-figures';
export { CapsPanel } from './ui/caps-panel';
export { LedgerPanel, PricesPanel } from './ui/lazy-panels';
export { prepareDays } from './ui/prepare-days';
