import { formatCount } from '@/lib/format';

/** Where a row of a file is: its number in a JSON list, and else the line on which it begins. */
export interface RowInFile {
  /** Of a list too in versions from before its rows were known by their numbers. */
  line: number;
  element?: number | null | undefined;
}

/** What a row of a file is called; no two rows of one file are called the same. */
export const rowName = ({ line, element }: RowInFile): string =>
  element ? `Row ${formatCount(element)}` : `Line ${formatCount(line)}`;

export type RowWord = 'Row' | 'Line';

/** What the number of a row is called in a version. @param numbered  see `rowsNumbered` of a version */
export const rowWord = (numbered: boolean): RowWord => (numbered ? 'Row' : 'Line');

/** Where a row is, within a sentence: "on line 12", or "in row 12" of a list. */
export const rowPlace = (line: number, numbered: boolean): string => `${numbered ? 'in row' : 'on line'} ${line}`;
