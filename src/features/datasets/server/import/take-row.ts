import { cutCells, unwrapRow } from '../../formats/dataset-viewer';
import type { DatasetFormat } from '../../formats/format.schema';
import type { ReaderParts } from './row-reader';

interface ParsedRow {
  line: number;
  ordinal: number;
  /** What is kept of a row that needs no conversion, and stands in no shell. */
  body: () => Buffer;
}

/** Takes in a row of JSON, out of the shell that the viewer of public datasets puts around it, unless the viewer cut it. */
export function takeRow(
  { findings, rows }: Pick<ReaderParts, 'findings' | 'rows'>,
  format: DatasetFormat,
  value: unknown,
  { line, ordinal, body }: ParsedRow,
): void {
  const cut = cutCells(format, value);
  if (cut.length > 0) {
    for (const { code, path, message } of cut) findings.add(code, { line, path, message });
    findings.rejectRow();
    return;
  }
  const row = unwrapRow(value);
  rows.take(row, { line, ordinal, body: row === value ? body : () => Buffer.from(JSON.stringify(row)) });
}
