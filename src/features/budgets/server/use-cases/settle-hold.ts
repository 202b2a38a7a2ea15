import type { Money } from '@/lib/money';
import type { Tx } from '@/lib/transaction';
import { amountOutOfRange } from '../../budget.errors';
import { MAX_AMOUNT } from '../../budget.schema';
import type { BudgetDeps, Settlement } from '../budget.service';
import { jobKey } from '../ledger.repository';

type Deps = Pick<BudgetDeps, 'ledger' | 'clock'>;

/**
 * Ends a job's hold and books what the run really cost: more than was held too, for that is what the provider will bill.
 * The ledger's unique keys make it idempotent, whoever repeats it.
 *
 * @returns what the ledger holds now: the first settlement's figures when this one is a repeat
 */
export const settleHold =
  ({ ledger, clock }: Deps) =>
  async (tx: Tx, request: Settlement): Promise<{ charged: Money; released: Money; repeated: boolean }> => {
    const { workspaceId, jobId, charge, description, details } = request;
    if (charge < 0n || charge > MAX_AMOUNT) throw amountOutOfRange(charge);
    const at = clock.now();
    const released = await ledger.release(tx, { workspaceId, jobId, description, at });
    const before = await ledger.jobMoney(tx, workspaceId, jobId);
    const { connectionId } = before;
    const booking = { workspaceId, jobId, connectionId, amount: charge, description, details, at };
    const booked = charge > 0n && (await ledger.book(tx, { ...booking, kind: 'charge', key: jobKey(jobId) }));
    const after = booked ? { ...before, charge } : await ledger.jobMoney(tx, workspaceId, jobId);
    return {
      charged: after.charge ?? 0n,
      released: after.release ?? 0n,
      repeated: released === null && !booked && (after.release !== null || after.charge !== null),
    };
  };

export const releaseHold =
  ({ ledger, clock }: Deps) =>
  async (
    tx: Tx,
    request: { workspaceId: string; jobId: string; description: string },
  ): Promise<{ released: Money }> => ({
    released: (await ledger.release(tx, { ...request, at: clock.now() })) ?? 0n,
  });
