import { decodeCursor, type Page, toPage } from '@/lib/keyset';
import type { Money } from '@/lib/money';
import { database } from '@/platform/db/database';
import { type LedgerEntry, type LedgerInput, ledgerEntrySchema, ledgerInput } from '../budget.schema';

export const ledgerQueries = {
  /** Newest first. Index: ledger_entries(workspace_id, id desc). */
  page: async (workspaceId: string, input: LedgerInput): Promise<Page<LedgerEntry>> => {
    const { cursor, limit, kind, jobId } = ledgerInput.parse(input);
    const [before] = decodeCursor(cursor) ?? [];
    const rows = await database().ledgerEntry.findMany({
      where: {
        workspaceId,
        ...(before && { id: { lt: before } }),
        ...(kind && { kind }),
        ...(jobId && { jobId }),
      },
      orderBy: { id: 'desc' },
      take: limit + 1,
    });
    const entries = rows.map((row) => ledgerEntrySchema.parse({ ...row, amount: row.amountNanoUsd }));
    return toPage(entries, limit, (entry) => [entry.id]);
  },

  /** Charges less refunds per UTC day. Index: ledger_entries_spent. */
  spentByDay: (workspaceId: string, from: Date): Promise<{ date: string; amount: Money }[]> =>
    database().$queryRaw`
      SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS date, sum(amount_nano_usd)::bigint AS amount
      FROM ledger_entries
      WHERE workspace_id = ${workspaceId}::uuid AND kind IN ('charge', 'refund') AND created_at >= ${from}
      GROUP BY 1 ORDER BY 1`,

  /** Index: ledger_entries_held. */
  held: async (workspaceId: string): Promise<Money> => {
    const [row] = await database().$queryRaw<{ held: bigint }[]>`
      SELECT coalesce(sum(amount_nano_usd), 0)::bigint AS held FROM ledger_entries
      WHERE workspace_id = ${workspaceId}::uuid AND kind IN ('hold', 'release')`;
    return row?.held ?? 0n;
  },
};

export type LedgerQueries = typeof ledgerQueries;
