import type { Tx } from '@/lib/transaction';
import type { DatasetChange } from '../../change.schema';
import { aggregates } from '../import/tally';
import type { BaseVersion } from './base-version';
import type { ChangeQueries, RowChoice } from './change.queries';
import { choiceOf } from './plan-touches';

/** So many rows are read, checked and written while somebody waits; more go on in the background. */
const READ_ROWS = 2000;
/** Rows that only move are not read. */
const MOVED_ROWS = 10_000;

export interface ChangeSize {
  /** More than a person should wait for. */
  isLarge: boolean;
  /** The rows that were found to match, so that nobody has to look for them again: a version's rows never change. */
  rows?: RowChoice;
}

/** Whether a change is done at once or in the background. Looks for the rows it is about, before anything is locked. */
export async function sizeOfChange(
  reads: ChangeQueries,
  base: BaseVersion,
  change: DatasetChange,
  tx?: Tx,
): Promise<ChangeSize> {
  // Sums that were never kept are made by reading all rows.
  if (!aggregates.safeParse(base.aggregates).success && base.rows > READ_ROWS) return { isLarge: true };
  if (change.kind === 'goBack') {
    const { back, away } = await reads.apart(base.datasetId, change.number, base.number, tx);
    return { isLarge: back + away > MOVED_ROWS };
  }
  if (change.kind === 'resplit') return { isLarge: base.rows > (change.stratify ? READ_ROWS : MOVED_ROWS) };
  const choice = choiceOf(change);
  if (!choice || 'ids' in choice) return { isLarge: false };
  const limit = change.kind === 'moveMatching' ? MOVED_ROWS : READ_ROWS;
  const ids = await reads.ids(base, choice, limit + 1, tx);
  return ids.length > limit ? { isLarge: true } : { isLarge: false, rows: { ids } };
}
