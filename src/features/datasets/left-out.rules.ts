import { formatCount } from '@/lib/format';

/** Where a row of a file is: the line on which it begins and, in a JSON list, its number, for one line may have many rows. */
export interface RowInFile {
  line: number;
  element?: number | null | undefined;
}

/** What a row of a file is called; no two rows of one file are called the same. */
export const rowName = ({ line, element }: RowInFile): string =>
  element ? `Row ${formatCount(element)}` : `Line ${formatCount(line)}`;
