import type { Tx } from '@/lib/transaction';
import type { DatasetChange } from '../../change.schema';
import { aggregates } from '../import/tally';
import type { BaseVersion } from './base-version';
import type { ChangeQueries } from './change.queries';
import { choiceOf } from './plan-touches';

/** So many rows are read, checked and written while somebody waits; more go on in the background. */
const READ_ROWS = 2000;
/** Rows that only move are not read. */
const MOVED_ROWS = 10_000;

/** Whether a change is more than a person should wait for. */
export async function isLarge(
  reads: ChangeQueries,
  base: BaseVersion,
  change: DatasetChange,
  tx?: Tx,
): Promise<boolean> {
  // Sums that were never kept are made by reading all rows.
  if (!aggregates.safeParse(base.aggregates).success && base.rows > READ_ROWS) return true;
  if (change.kind === 'goBack') {
    const { back, away } = await reads.apart(base.datasetId, change.number, base.number, tx);
    return back + away > MOVED_ROWS;
  }
  if (change.kind === 'resplit') return base.rows > (change.stratify ? READ_ROWS : MOVED_ROWS);
  const choice = choiceOf(change);
  if (!choice || 'ids' in choice) return false;
  const limit = change.kind === 'moveMatching' ? MOVED_ROWS : READ_ROWS;
  return (await reads.count(base, choice, limit + 1, tx)) > limit;
}
