import type { ExportRow } from './export.queries';
import { cellsOf, exportColumns } from './export-columns';

const MARK = '\ufeff';

/**
 * RFC 4180 with LF as the line end. Text that a spreadsheet would take for a formula gets an apostrophe in front.
 * Source: owasp.org/www-community/attacks/CSV_Injection.
 */
export async function* writeCsv(batches: AsyncIterable<ExportRow[]>, bom: boolean): AsyncGenerator<Buffer> {
  yield Buffer.from(`${bom ? MARK : ''}${exportColumns.join(',')}\n`);
  for await (const rows of batches) yield Buffer.from(rows.map(lineOf).join(''));
}

function lineOf(row: ExportRow): string {
  const cells = cellsOf(row);
  return `${exportColumns.map((name) => cell(cells[name])).join(',')}\n`;
}

/** NUL would end the text for many readers. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value).replaceAll('\u0000', '\ufffd');
  return quoted(text, ',');
}

/** A cell of a table as RFC 4180 writes it; white space around a text is kept by quoting, too. */
export const quoted = (text: string, delimiter: string): string =>
  /["\r\n]/.test(text) || text.includes(delimiter) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
