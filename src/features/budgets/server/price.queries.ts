import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import { type Price, priceSchema } from '../budget.schema';

interface Row {
  workspaceId: string | null;
  checkedAt: Date;
  [column: string]: unknown;
}

const columns = Prisma.sql`workspace_id AS "workspaceId", provider, model, unit, nano_usd_per_unit AS "nanoUsdPerUnit",
  source, evidence, checked_at AS "checkedAt", note`;

const toPrice = ({ workspaceId, checkedAt, ...row }: Row): Price =>
  priceSchema.parse({ ...row, own: workspaceId !== null, checkedAt: checkedAt.toISOString().slice(0, 10) });

/** Index: prices_key(workspace_id, provider, model, unit); curated rows have no workspace. */
export const priceQueries = {
  /** Every price that applies in the workspace: its own where it has one. */
  effective: async (workspaceId: string): Promise<Price[]> => {
    const rows = await database().$queryRaw<Row[]>`
      SELECT DISTINCT ON (provider, model, unit) ${columns} FROM prices
      WHERE workspace_id = ${workspaceId}::uuid OR workspace_id IS NULL
      ORDER BY provider, model, unit, workspace_id NULLS LAST`;
    return rows.map(toPrice);
  },

  /** Own and curated prices under any of the names. */
  named: async (workspaceId: string, provider: string, names: readonly string[]): Promise<Price[]> => {
    const rows = await database().$queryRaw<Row[]>`
      SELECT ${columns} FROM prices
      WHERE (workspace_id = ${workspaceId}::uuid OR workspace_id IS NULL)
        AND provider = ${provider} AND model = ANY(${names}::text[])`;
    return rows.map(toPrice);
  },
};

export type PriceQueries = typeof priceQueries;
