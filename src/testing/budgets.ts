import { randomUUID } from 'node:crypto';
import type { BudgetCreateInput } from '@/features/budgets/budget.schema';
import {
  type BudgetService,
  budgetQueries,
  budgetRepository,
  createBudgetService,
  ledgerQueries,
  ledgerRepository,
  priceQueries,
  priceRepository,
} from '@/features/budgets/server';
import { workspaceRepository } from '@/features/workspaces/server';
import { type Actor, systemActor } from '@/lib/actor';
import { notFound } from '@/lib/app-error';
import { type Money, usd } from '@/lib/money';
import { database, inTransaction } from '@/platform/db/database';

/** The clock of `budgets`: a test that moves it puts it back. */
export const clock = { time: new Date('2026-11-24T12:00:00.000Z'), now: () => clock.time };

/** The real service over the test database. */
export const budgets: BudgetService = createBudgetService({
  budgets: budgetRepository,
  queries: budgetQueries,
  ledger: ledgerRepository,
  ledgerQueries,
  prices: priceRepository,
  priceQueries,
  inTransaction,
  clock,
  audit: workspaceRepository.addAudit,
  assertScope: async ({ workspaceId }, scope, id) => {
    const where = { workspaceId, id };
    const found =
      scope === 'connection'
        ? await database().providerConnection.findFirst({ where })
        : await database().agent.findFirst({ where });
    if (!found) throw notFound(scope, `${scope}s.not_found`);
  },
});

export async function makeWorkspace(): Promise<Actor> {
  const { id } = await database().workspace.create({ data: { name: 'Acme', slug: `acme-${randomUUID()}` } });
  return systemActor(id);
}

export const makeAgent = ({ workspaceId }: Actor) => {
  const slug = `agent-${randomUUID()}`;
  return database().agent.create({ data: { workspaceId, slug, name: slug } });
};

export const makeConnection = ({ workspaceId }: Actor) =>
  database().providerConnection.create({ data: { workspaceId, kind: 'openai', label: 'Ours' } });

/** A workspace cap of $10 a month that blocks. */
export const aBudget = (overrides: Partial<BudgetCreateInput> = {}): BudgetCreateInput => ({
  ...{ name: 'Team', scope: 'workspace', scopeId: null, period: 'month', limit: usd(10), onBreach: 'block' },
  ...overrides,
});

/** A connection that no budget is about. */
export const connectionId: string = randomUUID();

export const hold = (actor: Actor, amount: Money, jobId: string = randomUUID(), connection = connectionId) =>
  inTransaction((tx) =>
    budgets.hold(tx, actor, { jobId, connectionId: connection, amount, description: 'Reserved for a run' }),
  );

export const settle = ({ workspaceId }: Actor, jobId: string, charge: Money) =>
  inTransaction((tx) =>
    budgets.settle(tx, { workspaceId, jobId, charge, description: 'Run ended', details: { charge } }),
  );

export const release = ({ workspaceId }: Actor, jobId: string) =>
  inTransaction((tx) => budgets.release(tx, { workspaceId, jobId, description: 'Never launched' }));

export const call = (
  { workspaceId }: Actor,
  amount: Money,
  scope: { agentId?: string } = {},
  key: string = randomUUID(),
) => budgets.charge(undefined, { workspaceId, key: `message:${key}`, amount, description: 'A call', ...scope });

export async function balance(actor: Actor, id: string): Promise<{ spent: Money; held: Money }> {
  const found = (await budgets.list(actor)).find((budget) => budget.id === id);
  if (!found) throw new Error('the budget is gone');
  return { spent: found.spent, held: found.held };
}

export const entries = ({ workspaceId }: Actor) =>
  database().ledgerEntry.findMany({ where: { workspaceId }, orderBy: { id: 'asc' } });

export const capReached = { kind: 'budget_exceeded', reason: 'budgets.cap_reached' };
