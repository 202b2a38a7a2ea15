import type { Actor } from '@/lib/actor';
import type { Money } from '@/lib/money';
import type { Tx } from '@/lib/transaction';
import { amountOutOfRange, balanceLine, capReached, holdClosed } from '../../budget.errors';
import { judgeHold } from '../../budget.rules';
import { MAX_AMOUNT } from '../../budget.schema';
import type { BudgetDeps, BudgetWarning, HoldRequest } from '../budget.service';
import { type JobMoney, jobKey } from '../ledger.repository';

type Deps = Pick<BudgetDeps, 'budgets' | 'queries' | 'ledger' | 'clock'>;

/**
 * Reserves money for a job before it may cost anything. Every budget that covers it is locked first, in order of id, and
 * read after that: of many requests at once exactly those pass that fit. The caller's transaction makes job and hold
 * true together. An amount of 0 fits into any budget, also into one that is used up.
 *
 * @throws budget_exceeded `budgets.cap_reached`; conflict `budgets.hold_closed` when the job's money was released already
 */
export const holdMoney =
  ({ budgets, queries, ledger, clock }: Deps) =>
  async (tx: Tx, actor: Actor, request: HoldRequest): Promise<{ held: Money; warnings: BudgetWarning[] }> => {
    actor.require('jobs:launch');
    const { workspaceId } = actor;
    const { jobId, connectionId, amount, description, details } = request;
    if (amount < 0n || amount > MAX_AMOUNT) throw amountOutOfRange(amount);
    const now = clock.now();
    const locked = await budgets.lockCovering(tx, workspaceId, connectionId);
    const existing = await ledger.jobMoney(tx, workspaceId, jobId);
    if (existing.hold !== null) return { held: heldBefore(existing, jobId), warnings: [] };
    const states = locked.length > 0 ? await queries.locked(tx, workspaceId, locked, now) : [];
    const { refusing, warning } = judgeHold(states, amount);
    if (refusing.length > 0) throw capReached(amount, refusing);
    const booking = { workspaceId, jobId, connectionId, amount, description, details, at: now };
    if (!(await ledger.book(tx, { ...booking, kind: 'hold', key: jobKey(jobId) }))) {
      // Without a budget there is no lock to queue at: the ledger's unique key decided, for the other request.
      return { held: heldBefore(await ledger.jobMoney(tx, workspaceId, jobId), jobId), warnings: [] };
    }
    const warnings = warning.map((budget) => ({
      budgetId: budget.id,
      name: budget.name,
      message: `This goes over the budget "${budget.name}", which only warns: ${balanceLine(budget)}.`,
    }));
    return { held: amount, warnings };
  };

function heldBefore({ hold, release }: JobMoney, jobId: string): Money {
  if (hold === null || release !== null) throw holdClosed(jobId);
  return hold;
}
