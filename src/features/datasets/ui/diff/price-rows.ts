/** What one training of a version would cost on one base model, in nano-dollars; null = no price is known. */
export interface PriceLine {
  connectionId: string;
  connectionLabel: string;
  baseModel: string;
  label: string;
  cost: bigint | null;
}

export interface PriceRow {
  id: string;
  name: string;
  before: bigint;
  after: bigint;
}

/** Base models that take both versions at a known price above nothing, by what the later version costs. */
export function priceRows(before: readonly PriceLine[], after: readonly PriceLine[]): PriceRow[] {
  const idOf = ({ connectionId, baseModel }: PriceLine) => `${connectionId} ${baseModel}`;
  const earlier = new Map(before.map((line) => [idOf(line), line.cost]));
  const rows = after.flatMap((line) => {
    const cost = earlier.get(idOf(line));
    if (cost === undefined || cost === null || line.cost === null || (cost === 0n && line.cost === 0n)) return [];
    return [{ id: idOf(line), name: `${line.label} · ${line.connectionLabel}`, before: cost, after: line.cost }];
  });
  return rows.sort((a, b) => (a.after < b.after ? -1 : a.after > b.after ? 1 : 0));
}
