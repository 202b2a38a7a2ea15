import type { VersionStats } from '../../dataset.schema';
import type { DatasetFormat } from '../../formats/format.schema';
import type { Finding } from './findings';
import type { Aggregates } from './tally';

/** Everything known about a file once it has been read: what a version row keeps. */
export interface ImportOutcome {
  /** Why nothing of the file can be used, in words; null when it has rows. */
  refusal: string | null;
  rows: number;
  trainRows: number;
  validationRows: number;
  holdoutRows: number;
  tokens: number;
  trainableTokens: number;
  trainTokens: number;
  maxExampleTokens: number;
  rejectedRows: number;
  warnings: number;
  stats: VersionStats;
  /** The exact sums behind the figures; the next version goes on from them. */
  aggregates: Aggregates;
  findings: Finding[];
  /** What the file was read as; null = it was not read at all. */
  format: DatasetFormat | null;
  /** Whether rows are known by their number in a list. */
  rowsNumbered: boolean;
  /** Distinct examples of a small dataset whose split is not the one they were written with. */
  moved: { hash: bigint; split: number }[];
}

/** How far the reading is. */
export interface ImportCounts {
  rows: number;
  /** Rows left out and warnings so far. */
  problems: number;
}
