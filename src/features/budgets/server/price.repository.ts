import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';
import type { PriceUnit } from '../budget.schema';
import type { CuratedPrice } from '../prices.data';

interface PriceKey {
  provider: string;
  model: string;
  unit: PriceUnit;
}

export const priceRepository = {
  /** The workspace's own price, before it is changed. */
  own: (tx: Tx, workspaceId: string, { provider, model, unit }: PriceKey) =>
    database(tx).price.findFirst({
      where: { workspaceId, provider, model, unit },
      select: { id: true, nanoUsdPerUnit: true },
    }),

  setOwn: async (tx: Tx, workspaceId: string, price: CuratedPrice): Promise<void> => {
    await database(tx).$executeRaw`
      INSERT INTO prices (workspace_id, provider, model, unit, nano_usd_per_unit, source, evidence, checked_at, note)
      VALUES (${workspaceId}::uuid, ${price.provider}, ${price.model}, ${price.unit}, ${price.nanoUsdPerUnit},
        ${price.source}, ${price.evidence}, ${price.checkedAt}::date, ${price.note})
      ON CONFLICT (workspace_id, provider, model, unit) DO UPDATE SET nano_usd_per_unit = excluded.nano_usd_per_unit,
        source = excluded.source, evidence = excluded.evidence, checked_at = excluded.checked_at, note = excluded.note`;
  },

  removeOwn: async (tx: Tx, workspaceId: string, { provider, model, unit }: PriceKey): Promise<void> => {
    await database(tx).price.deleteMany({ where: { workspaceId, provider, model, unit } });
  },

  /** Makes the rows without a workspace exactly this list: what is no longer on it becomes unknown again. */
  replaceCurated: async (tx: Tx, prices: readonly CuratedPrice[]): Promise<number> => {
    const rows = JSON.stringify(prices.map((price) => ({ ...price, nanoUsdPerUnit: String(price.nanoUsdPerUnit) })));
    const written = await database(tx).$executeRaw`
      INSERT INTO prices (workspace_id, provider, model, unit, nano_usd_per_unit, source, evidence, checked_at, note)
      SELECT NULL, provider, model, unit, "nanoUsdPerUnit", source, evidence, "checkedAt", note
      FROM jsonb_to_recordset(${rows}::jsonb) AS r(provider text, model text, unit text, "nanoUsdPerUnit" bigint,
        source text, evidence text, "checkedAt" date, note text)
      ON CONFLICT (workspace_id, provider, model, unit) DO UPDATE SET nano_usd_per_unit = excluded.nano_usd_per_unit,
        source = excluded.source, evidence = excluded.evidence, checked_at = excluded.checked_at, note = excluded.note`;
    await database(tx).$executeRaw`
      DELETE FROM prices p WHERE p.workspace_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM jsonb_to_recordset(${rows}::jsonb) AS r(provider text, model text, unit text)
        WHERE r.provider = p.provider AND r.model = p.model AND r.unit = p.unit)`;
    return written;
  },
};

export type PriceRepository = typeof priceRepository;
