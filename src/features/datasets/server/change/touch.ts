import type { MeasuredRow } from '../import/row-check';

/** A row of the version that is changed, with all that is known of it. */
export interface StoredRow {
  id: string;
  ordinal: bigint;
  line: number;
  split: number;
  tokens: number;
  trainableTokens: number;
  hash: bigint;
  nearHash: bigint | null;
  flags: number;
  score: number | null;
  /** Empty where the change has no need of it. */
  body: string;
}

/** A row of the next version. */
export interface NewRow {
  ordinal: bigint;
  line: number;
  split: number;
  body: string;
}

/**
 * One row that a change is about. `before` null: it comes; `after` null: it goes; `moved`: its text stays what it was, so
 * that it need not be checked again.
 */
export type Touch =
  | { kind: 'gone'; before: StoredRow }
  | { kind: 'moved'; before: StoredRow; split: number; flags: number }
  | { kind: 'written'; before: StoredRow; after: NewRow }
  | { kind: 'copied'; original: StoredRow; after: NewRow }
  | { kind: 'added'; after: NewRow };

/** Some rows in file order: how many were looked at, and what is to be done to which. */
export interface TouchBatch {
  seen: number;
  touches: Touch[];
}

/** A row as the table takes it. */
export type RowToInsert = NewRow &
  Omit<MeasuredRow, 'assistantTurns' | 'roles' | 'nearHash'> & { nearHash: bigint | null };
