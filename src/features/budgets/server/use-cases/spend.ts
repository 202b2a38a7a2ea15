import type { Tx } from '@/lib/transaction';
import { amountOutOfRange, nothingLeft } from '../../budget.errors';
import { leftOf, refuses } from '../../budget.rules';
import { MAX_AMOUNT } from '../../budget.schema';
import { freeReasonOf } from '../../price.rules';
import type { BudgetDeps, ChargeRequest, SpendScope } from '../budget.service';

/** Books a cost that needed no hold. Nothing is written for 0. */
export const charge =
  ({ ledger, clock }: Pick<BudgetDeps, 'ledger' | 'clock'>) =>
  async (tx: Tx | undefined, request: ChargeRequest): Promise<boolean> => {
    if (request.amount < 0n || request.amount > MAX_AMOUNT) throw amountOutOfRange(request.amount);
    if (request.amount === 0n) return true;
    return ledger.book(tx, { ...request, kind: 'charge', at: clock.now() });
  };

/**
 * Before a call whose cost is known only afterwards: refuses when nothing is left. Calls that run at the same moment may
 * together go a little over; launches cannot, they hold first.
 */
export const assertCanSpend =
  ({ queries, clock }: Pick<BudgetDeps, 'queries' | 'clock'>) =>
  async (workspaceId: string, { connectionKind, ...scope }: SpendScope): Promise<void> => {
    if (connectionKind !== undefined && freeReasonOf(connectionKind) !== null) return;
    const budgets = await queries.covering(workspaceId, scope, clock.now());
    const refusing = budgets.filter((budget) => refuses(budget) && leftOf(budget) <= 0n);
    if (refusing.length > 0) throw nothingLeft(refusing);
  };
