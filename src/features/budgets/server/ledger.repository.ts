import { type Money, toDecimalUsd } from '@/lib/money';
import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';

export interface Booking {
  workspaceId: string;
  kind: 'hold' | 'charge';
  key: string;
  amount: Money;
  jobId?: string | null;
  connectionId?: string | null;
  agentId?: string | null;
  description: string;
  details?: Record<string, unknown> | undefined;
  at: Date;
}

/** What the ledger says about one job's money; null = no such entry. */
export interface JobMoney {
  hold: Money | null;
  release: Money | null;
  charge: Money | null;
  connectionId: string | null;
}

export const jobKey = (jobId: string): string => `job:${jobId}`;

/** JSON has no 64-bit integers; a bigint in details is money and stays exact as decimal dollars. */
const toJson = (details: Record<string, unknown> = {}): object =>
  JSON.parse(JSON.stringify(details, (_key, value) => (typeof value === 'bigint' ? toDecimalUsd(value) : value)));

export const ledgerRepository = {
  /** Writes an entry once per workspace, key and kind. False = it was there; nothing was written. */
  book: async (tx: Tx | undefined, { amount, details, at, ...entry }: Booking): Promise<boolean> => {
    const { count } = await database(tx).ledgerEntry.createMany({
      data: [{ ...entry, amountNanoUsd: amount, details: toJson(details), createdAt: at }],
      skipDuplicates: true,
    });
    return count > 0;
  },

  /** Writes the mirror image of the job's hold, once. Null = no hold, or it was released before. */
  release: async (
    tx: Tx,
    entry: { workspaceId: string; jobId: string; description: string; at: Date },
  ): Promise<Money | null> => {
    const [row] = await database(tx).$queryRaw<{ amount: bigint }[]>`
      INSERT INTO ledger_entries (workspace_id, kind, amount_nano_usd, key, job_id, connection_id, description, created_at)
      SELECT workspace_id, 'release', -amount_nano_usd, key, job_id, connection_id, ${entry.description}, ${entry.at}
      FROM ledger_entries
      WHERE workspace_id = ${entry.workspaceId}::uuid AND key = ${jobKey(entry.jobId)} AND kind = 'hold'
      ON CONFLICT (workspace_id, key, kind) DO NOTHING
      RETURNING -amount_nano_usd AS amount`;
    return row?.amount ?? null;
  },

  /** Index: ledger_entries(workspace_id, key, kind). */
  jobMoney: async (tx: Tx, workspaceId: string, jobId: string): Promise<JobMoney> => {
    const rows = await database(tx).ledgerEntry.findMany({
      where: { workspaceId, key: jobKey(jobId) },
      select: { kind: true, amountNanoUsd: true, connectionId: true },
    });
    const amountOf = (kind: string) => rows.find((row) => row.kind === kind)?.amountNanoUsd ?? null;
    const release = amountOf('release');
    return {
      hold: amountOf('hold'),
      release: release === null ? null : -release,
      charge: amountOf('charge'),
      connectionId: rows.find((row) => row.kind === 'hold')?.connectionId ?? null,
    };
  },
};

export type LedgerRepository = typeof ledgerRepository;
