import type { VersionStats } from '../../dataset.schema';
import type { DatasetFormat, FormatChoice } from '../../formats/format.schema';
import type { SplitPlan } from '../../split.rules';
import type { Finding } from './findings';
import type { CheckedRow, LooseRow } from './row-check';
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
  /** Distinct examples of a small dataset whose split is not the one they were written with. */
  moved: { hash: bigint; split: number }[];
}

/** How far the reading is; sent along with every block of rows. */
export interface ImportCounts {
  rows: number;
  /** Rows left out and warnings so far. */
  problems: number;
}

/** Main thread to worker. Each chunk is answered by one `taken`, the end by `done`. */
export type ToWorker =
  | { type: 'start'; datasetId: string; number: number; seed: number; plan?: SplitPlan; format: FormatChoice | null }
  | { type: 'chunk'; bytes: Uint8Array<ArrayBuffer> }
  | { type: 'end' }
  /** Answered by `pieces`, whatever else is going on. */
  | { type: 'cut'; texts: readonly string[] }
  /** Answered by `checked`, whatever else is going on. */
  | { type: 'check'; rows: readonly LooseRow[] };

export type Taken = {
  type: 'taken';
  rows: Uint8Array<ArrayBuffer>;
  /** Rows of the index over the rows. */
  index: Uint8Array<ArrayBuffer>;
  counts: ImportCounts;
  refused: boolean;
};
/** Tokens of a text, and where they end in it. */
export interface TextTokens {
  tokens: number;
  ends: number[];
}

export type FromWorker =
  | Taken
  | { type: 'done'; outcome: ImportOutcome }
  | { type: 'pieces'; texts: TextTokens[] }
  | { type: 'checked'; rows: CheckedRow[] };
