import type { DatasetChange } from '../../change.schema';
import { FLAG } from '../../flag.rules';
import { labelOf } from '../../label.rules';
import { SMALL_DATASET, type SplitPlan, splitByRank, splitOf } from '../../split.rules';
import type { PlanContext } from './plan-touches';
import type { StoredRow, Touch, TouchBatch } from './touch';

type Resplit = Extract<DatasetChange, { kind: 'resplit' }>;

/** Rows that are the same, or nearly, are one group: it stays on one side. */
const groupOf = ({ nearHash, hash }: StoredRow): bigint => nearHash ?? hash;
const lowOf = (group: bigint): number => Number(BigInt.asIntN(32, group));

/** Rows whose side changes, or that were said to leak between sides: after a fair deal none does. */
export async function* planSplit(context: PlanContext, change: Resplit): AsyncGenerator<TouchBatch> {
  const { reads, base, tx } = context;
  const sideOf = await dealOut(context, change);
  for await (const rows of reads.rows(base, { filter: {} }, { bodies: false, tx }))
    yield { seen: rows.length, touches: rows.flatMap((before) => moveOf(before, sideOf(groupOf(before)))) };
}

function moveOf(before: StoredRow, split: number): Touch[] {
  const flags = before.flags & ~FLAG.leak;
  return split === before.split && flags === before.flags ? [] : [{ kind: 'moved', before, split, flags }];
}

/**
 * By hash alone where there are many groups and no labels to heed; else all groups are looked at together, which takes
 * some 100 bytes for each.
 */
async function dealOut({ reads, base, tx }: PlanContext, change: Resplit): Promise<(group: bigint) => number> {
  const { validationShare, holdoutShare, stratify, seed } = change;
  const plan: SplitPlan = { validationShare, holdoutShare, stratify };
  const labels = new Map<bigint, number>();
  const names = new Map<string | null, number>();
  for await (const rows of reads.rows(base, { filter: {} }, { bodies: stratify, tx })) {
    for (const row of rows) {
      const group = groupOf(row);
      if (labels.has(group)) continue;
      const label = stratify ? labelOf(JSON.parse(row.body)) : null;
      const number = names.get(label) ?? names.size;
      names.set(label, number);
      labels.set(group, number);
    }
    if (!stratify && labels.size >= SMALL_DATASET) return (group) => splitOf(lowOf(group), seed, plan);
  }
  const groups = [...labels.keys()];
  const dealt = splitByRank(groups.map(lowOf), seed, plan, stratify ? [...labels.values()] : undefined);
  const sides = new Map(groups.map((group, i) => [group, dealt[i] ?? 0]));
  return (group) => sides.get(group) ?? 0;
}
