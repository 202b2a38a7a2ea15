import type { Tx } from '@/lib/transaction';
import type { DatasetDeps } from '../dataset.service';
import { type Aggregates, aggregates, Tally } from '../import/tally';
import type { BaseVersion } from './base-version';
import type { CheckRows } from './judge';

/** The exact sums of a version. One from before they were kept is summed up once, row by row. */
export async function readAggregates(
  { changeReads }: Pick<DatasetDeps, 'changeReads'>,
  base: BaseVersion,
  check: CheckRows,
  tx: Tx | undefined,
): Promise<Aggregates> {
  const known = aggregates.safeParse(base.aggregates);
  if (known.success) return known.data;
  const tally = new Tally();
  for await (const rows of changeReads.rows(base, { filter: {} }, { bodies: true, tx })) {
    const checked = await check(rows);
    rows.forEach((row, i) => {
      const measured = checked[i]?.measured;
      const { tokens, trainableTokens, flags, score, split } = row;
      const assistantTurns = measured?.assistantTurns ?? 0;
      tally.add({ tokens, trainableTokens, flags, score: score ?? 0, assistantTurns, split }, 1);
      for (const [role, count] of Object.entries(measured?.roles ?? {})) tally.addRole(role, count);
    });
  }
  return tally.state();
}
