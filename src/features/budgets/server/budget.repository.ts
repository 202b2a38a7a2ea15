import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';
import type { BudgetCreateInput, BudgetUpdateInput } from '../budget.schema';

export const budgetRepository = {
  insert: async (tx: Tx, workspaceId: string, { limit, ...budget }: BudgetCreateInput): Promise<{ id: string }> =>
    database(tx).budget.create({ data: { ...budget, workspaceId, limitNanoUsd: limit }, select: { id: true } }),

  /** News about the old terms is forgotten: under the new ones it may be news again. */
  update: async (
    tx: Tx,
    workspaceId: string,
    { id, name, limit, period, onBreach, active }: BudgetUpdateInput,
  ): Promise<boolean> => {
    const { count } = await database(tx).budget.updateMany({
      where: { workspaceId, id },
      data: {
        ...(name !== undefined && { name }),
        ...(limit !== undefined && { limitNanoUsd: limit }),
        ...(period !== undefined && { period }),
        ...(onBreach !== undefined && { onBreach }),
        ...(active !== undefined && { active }),
        warnedFor: null,
        breachedFor: null,
      },
    });
    return count > 0;
  },

  delete: async (tx: Tx, workspaceId: string, id: string): Promise<boolean> => {
    const { count } = await database(tx).budget.deleteMany({ where: { workspaceId, id } });
    return count > 0;
  },

  /**
   * Locks every active budget that covers a job of the connection, in order of id: two holds that share budgets queue up
   * instead of waiting for each other.
   * @returns their ids; read balances afterwards, in a statement of its own
   */
  lockCovering: async (tx: Tx, workspaceId: string, connectionId: string): Promise<string[]> => {
    const rows = await database(tx).$queryRaw<{ id: string }[]>`
      SELECT id FROM budgets
      WHERE workspace_id = ${workspaceId}::uuid AND active
        AND (scope = 'workspace' OR (scope = 'connection' AND scope_id = ${connectionId}::uuid))
      ORDER BY id FOR UPDATE`;
    return rows.map((row) => row.id);
  },

  /** Claims a piece of news for one period. False = it has gone out already, by whichever process. */
  claimNews: async (tx: Tx, id: string, news: 'warnedFor' | 'breachedFor', periodKey: string): Promise<boolean> => {
    const { count } = await database(tx).budget.updateMany({
      where: { id, OR: [{ [news]: null }, { [news]: { not: periodKey } }] },
      data: { [news]: periodKey },
    });
    return count > 0;
  },
};

export type BudgetRepository = typeof budgetRepository;
