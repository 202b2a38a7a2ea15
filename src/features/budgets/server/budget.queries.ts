import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import { monthStart } from '../budget.rules';
import type { Budget } from '../budget.schema';

/** A budget as the check of all workspaces needs it. */
export interface WatchedBudget extends Budget {
  workspaceId: string;
  warnedFor: string | null;
  breachedFor: string | null;
}

const covered = Prisma.sql`(b.scope = 'workspace'
  OR (b.scope = 'connection' AND e.connection_id = b.scope_id) OR (b.scope = 'agent' AND e.agent_id = b.scope_id))`;

/**
 * Budgets with their balances in one statement, so that a settlement is seen whole or not at all. A hold that is still
 * open counts in every period until it is settled: that is when it will be spent.
 * Indexes: budgets(workspace_id, active), ledger_entries_spent, ledger_entries_held.
 */
function select<Row extends Budget>(
  tx: Tx | undefined,
  now: Date,
  where: Prisma.Sql,
  tail = Prisma.empty,
): Promise<Row[]> {
  return database(tx).$queryRaw<Row[]>`
    SELECT b.id, b.workspace_id AS "workspaceId", b.name, b.scope, b.scope_id AS "scopeId", b.period,
      b.limit_nano_usd AS "limit", b.on_breach AS "onBreach", b.active, b.created_at AS "createdAt",
      b.warned_for AS "warnedFor", b.breached_for AS "breachedFor",
      coalesce((SELECT sum(e.amount_nano_usd) FROM ledger_entries e
        WHERE e.workspace_id = b.workspace_id AND e.kind IN ('charge', 'refund')
          AND e.created_at >= CASE b.period WHEN 'month' THEN ${monthStart(now)}::timestamptz ELSE '-infinity' END
          AND ${covered}), 0)::bigint AS spent,
      coalesce((SELECT sum(e.amount_nano_usd) FROM ledger_entries e
        WHERE e.workspace_id = b.workspace_id AND e.kind IN ('hold', 'release') AND ${covered}), 0)::bigint AS held
    FROM budgets b WHERE ${where} ORDER BY b.id ${tail}`;
}

const shown = ({
  id,
  name,
  scope,
  scopeId,
  period,
  limit,
  onBreach,
  active,
  createdAt,
  spent,
  held,
}: Budget): Budget => ({
  ...{ id, name, scope, scopeId, period, limit, onBreach, active, createdAt, spent, held },
});

export const budgetQueries = {
  list: async (workspaceId: string, now: Date): Promise<Budget[]> =>
    (await select(undefined, now, Prisma.sql`b.workspace_id = ${workspaceId}::uuid`)).map(shown),

  get: async (workspaceId: string, id: string, now: Date, tx?: Tx): Promise<Budget | null> => {
    const [row] = await select(tx, now, Prisma.sql`b.workspace_id = ${workspaceId}::uuid AND b.id = ${id}::uuid`);
    return row ? shown(row) : null;
  },

  /** Balances of budgets that the caller has locked. A statement of its own, so that it sees what the last holder wrote. */
  locked: (tx: Tx, workspaceId: string, ids: readonly string[], now: Date): Promise<Budget[]> =>
    select(tx, now, Prisma.sql`b.workspace_id = ${workspaceId}::uuid AND b.id = ANY(${ids}::uuid[])`),

  /** Active budgets that cover a call of the agent over the connection. */
  covering: (
    workspaceId: string,
    { agentId, connectionId }: { agentId?: string; connectionId?: string },
    now: Date,
  ): Promise<Budget[]> =>
    select(
      undefined,
      now,
      Prisma.sql`b.workspace_id = ${workspaceId}::uuid AND b.active AND (b.scope = 'workspace'
        OR (b.scope = 'connection' AND b.scope_id = ${connectionId ?? null}::uuid)
        OR (b.scope = 'agent' AND b.scope_id = ${agentId ?? null}::uuid))`,
    ),

  /** Active budgets of every workspace, by id. For the check that runs each minute, which serves all of them. */
  watched: (now: Date, afterId: string | null, limit: number): Promise<WatchedBudget[]> =>
    select<WatchedBudget>(
      undefined,
      now,
      Prisma.sql`b.active ${afterId ? Prisma.sql`AND b.id > ${afterId}::uuid` : Prisma.empty}`,
      Prisma.sql`LIMIT ${limit}`,
    ),
};

export type BudgetQueries = typeof budgetQueries;
