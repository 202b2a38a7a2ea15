import type { Report } from '../../../formats/check/check-content';
import type { RowSigns } from './row-signs';

/** Rows from which on a dataset is said to have a usual. */
export const ENOUGH_ROWS = 30;

/**
 * One thing that only the other rows can tell of a row. Rows come in the order of the file: the first of them (Judge says
 * how many) are all learned before one of them is judged, each later one is learned and judged at once. What a row
 * itself contributed is taken off again where it is judged.
 */
export interface Signal {
  /** Nothing will be found in this dataset: rows need not be learned any more. */
  readonly isOff: boolean;
  learn(signs: RowSigns): void;
  /** The figure the row is judged by, after it was learned; what is usual follows from these. NaN = none. */
  measure(signs: RowSigns): number;
  /** Reports the row if its figure is unlike the usual. */
  judge(signs: RowSigns, value: number, report: Report): void;
}
