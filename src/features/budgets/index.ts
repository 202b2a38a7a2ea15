export { BudgetFigures } from './ui/budget-figures';
export { CapsPanel } from './ui/caps-panel';
export { LedgerPanel } from './ui/ledger-panel';
export { prepareDays } from './ui/prepare-days';
export { PricesPanel } from './ui/prices-panel';
