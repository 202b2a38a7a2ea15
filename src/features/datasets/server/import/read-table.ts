import { rowOfCells, unusedColumns } from '../../formats/cells';
import type { Container, DatasetFormat } from '../../formats/format.schema';
import { columnNames, type RecordFault, recordFault, toFields } from '../../formats/read-head';
import { MAX_RECORD, TableReader, type TableRecord } from '../../formats/table-reader';
import type { ReaderParts, RowReader } from './row-reader';
import { Utf8Text } from './utf8-text';

const SHOWN_COLUMNS = 12;

/** CSV and its relatives: the first record names the columns, each of the others is a row. */
export function readTable(
  { container, findings, rows, refuse }: ReaderParts<Container & { type: 'table' }>,
  format: DatasetFormat,
): RowReader {
  let columns: string[] | null = null;
  let records = 0;
  let refused = false;
  const text = new Utf8Text();

  const readHeader = ({ cells, line }: TableRecord): void => {
    columns = columnNames(cells);
    const problem = mappingProblem(format, columns);
    if (problem !== null) {
      refused = true;
      refuse({ code: 'mapping_unknown', message: problem });
      return;
    }
    const unused = unusedColumns(format, columns);
    if (unused.length > 0)
      findings.add('fields_left_out', { line, message: `No part of an example: ${listed(unused)}.` });
  };

  const reject = (
    { code, message }: RecordFault | { code: 'not_utf8'; message: string },
    record: TableRecord,
  ): void => {
    findings.add(code, { line: record.line, message, excerpt: record.cells.join(container.delimiter).slice(0, 400) });
    findings.rejectRow();
  };

  const readRecord = (record: TableRecord): void => {
    const { cells, line, offset } = record;
    if (refused) return;
    if (cells.length === 1 && cells[0]?.trim() === '') {
      findings.add('blank_line', { line, message: 'This line is blank.' });
      return;
    }
    if (columns === null) {
      readHeader(record);
      return;
    }
    records++;
    const fault = recordFault(record, columns.length);
    if (fault) reject(fault, record);
    else if (text.damaged && cells.some((cell) => cell.includes('\ufffd')))
      reject({ code: 'not_utf8', message: 'This row is not valid UTF-8.' }, record);
    else {
      const row = rowOfCells(format.kind, toFields(columns, cells));
      rows.take(row, { line, ordinal: offset, body: () => Buffer.from(JSON.stringify(row)) });
    }
  };

  const reader = new TableReader({ delimiter: container.delimiter, maxRecord: MAX_RECORD, onRecord: readRecord });
  return {
    push: (chunk) => reader.push(text.decode(chunk)),
    end: () => {
      reader.push(text.end());
      reader.end();
      if (refused) return;
      if (reader.overlong) {
        const message = `This row has more than ${MAX_RECORD / 1e6} million characters: a quote that opens in it never closes. Nothing after it could be read.`;
        findings.add('table_quotes', { line: reader.overlong.line, message });
        findings.rejectRow();
      } else if (records === 0) refuse({ code: 'empty_file', message: 'This table has no rows under its header.' });
    },
  };
}

function mappingProblem({ kind, mapping }: DatasetFormat, columns: readonly string[]): string | null {
  if (kind !== 'fields') return null;
  if (mapping === null)
    return `This table has the columns ${listed(columns)}: which of them is the prompt and which the answer cannot be told.`;
  const { system, prompt, answer } = mapping;
  const missing = [system, prompt, answer].find((name) => name !== null && !columns.includes(name));
  return missing === undefined ? null : `This table has no column "${missing}"; it has ${listed(columns)}.`;
}

function listed(names: readonly string[]): string {
  const rest = names.length - SHOWN_COLUMNS;
  return `${names
    .slice(0, SHOWN_COLUMNS)
    .map((name) => name.slice(0, 40))
    .join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
