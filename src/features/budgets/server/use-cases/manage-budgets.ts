import type { Actor } from '@/lib/actor';
import { toDecimalUsd } from '@/lib/money';
import { budgetNotFound } from '../../budget.errors';
import type { Budget, BudgetCreateInput, BudgetUpdateInput } from '../../budget.schema';
import type { BudgetDeps } from '../budget.service';

type Deps = Pick<BudgetDeps, 'budgets' | 'queries' | 'inTransaction' | 'clock' | 'audit' | 'assertScope'>;

const terms = ({ name, scope, scopeId, period, limit, onBreach, active }: Budget): Record<string, unknown> => ({
  ...{ name, scope, scopeId, period, onBreach, active },
  limit: toDecimalUsd(limit),
});

export const listBudgets =
  ({ queries, clock }: Pick<Deps, 'queries' | 'clock'>) =>
  (actor: Actor): Promise<Budget[]> => {
    actor.require('budgets:read');
    return queries.list(actor.workspaceId, clock.now());
  };

/**
 * A new cap counts what is spent and held already: it may be over from its first moment, and then refuses (or, with
 * `cancel`, ends) what is running.
 * @throws not_found when the connection or agent it would cover is not in this workspace
 */
export const createBudget =
  ({ budgets, queries, inTransaction, clock, audit, assertScope }: Deps) =>
  async (actor: Actor, input: BudgetCreateInput): Promise<Budget> => {
    actor.require('budgets:manage');
    if (input.scope !== 'workspace' && input.scopeId) await assertScope(actor, input.scope, input.scopeId);
    return inTransaction(async (tx) => {
      const { id } = await budgets.insert(tx, actor.workspaceId, input);
      const budget = await queries.get(actor.workspaceId, id, clock.now(), tx);
      if (!budget) throw budgetNotFound();
      await audit(tx, actor, { action: 'budget.created', subject: 'budget', subjectId: id, details: terms(budget) });
      return budget;
    });
  };

/** @throws not_found `budgets.not_found` */
export const updateBudget =
  ({ budgets, queries, inTransaction, clock, audit }: Deps) =>
  (actor: Actor, input: BudgetUpdateInput): Promise<Budget> => {
    actor.require('budgets:manage');
    return inTransaction(async (tx) => {
      const before = await queries.get(actor.workspaceId, input.id, clock.now(), tx);
      if (!before || !(await budgets.update(tx, actor.workspaceId, input))) throw budgetNotFound();
      const after = await queries.get(actor.workspaceId, input.id, clock.now(), tx);
      if (!after) throw budgetNotFound();
      await audit(tx, actor, {
        action: 'budget.updated',
        subject: 'budget',
        subjectId: input.id,
        details: { before: terms(before), after: terms(after) },
      });
      return after;
    });
  };

/** Takes the cap away; the ledger keeps every entry. @throws not_found `budgets.not_found` */
export const deleteBudget =
  ({ budgets, queries, inTransaction, clock, audit }: Deps) =>
  async (actor: Actor, id: string): Promise<void> => {
    actor.require('budgets:manage');
    await inTransaction(async (tx) => {
      const before = await queries.get(actor.workspaceId, id, clock.now(), tx);
      if (!before || !(await budgets.delete(tx, actor.workspaceId, id))) throw budgetNotFound();
      await audit(tx, actor, { action: 'budget.deleted', subject: 'budget', subjectId: id, details: terms(before) });
    });
  };
