import { partOfDataset } from './dataset-viewer';
import type { Container } from './format.schema';
import { headText, parsedJson } from './head-text';
import { ListReader } from './list-reader';
import { MAX_RECORD, TableReader, type TableRecord } from './table-reader';

/** A row of the first bytes of a file. */
export interface HeadRow {
  /** 1-based: its line, or its number in a list. */
  line: number;
  /** Null: it is no JSON; `text` says what stands there. */
  value: { json: unknown } | null;
  text: string;
  /** What is wrong with a record of a table, so that nothing is made of it. */
  fault?: RecordFault | null;
}

export interface HeadRows {
  rows: HeadRow[];
  /** Columns of a table. */
  columns: string[] | null;
  /** Whether the file says that its dataset has more rows than are in it, in words. */
  part: string | null;
}

/** The first rows of a file. The last one is left out when the head may have cut it. */
export function readHead(
  head: Uint8Array,
  container: Container,
  { whole, limit }: { whole: boolean; limit: number },
): HeadRows {
  if (container.type === 'lines') return { rows: readLines(head, whole, limit), columns: null, part: null };
  if (container.type === 'table') return readTable(head, container.delimiter, whole, limit);
  return readList(head, container, whole, limit);
}

function readLines(head: Uint8Array, whole: boolean, limit: number): HeadRow[] {
  const lines = headText(head).split(/\r\n|\n|\r/);
  if (!whole) lines.pop();
  const rows: HeadRow[] = [];
  for (let i = 0; i < lines.length && rows.length < limit; i++) {
    const text = lines[i] ?? '';
    if (text.trim() !== '') rows.push(jsonRow(i + 1, text));
  }
  return rows;
}

function readList(
  head: Uint8Array,
  container: Container & { type: 'list' | 'values' },
  whole: boolean,
  limit: number,
): HeadRows {
  const rows: HeadRow[] = [];
  let elements = 0;
  const reader = new ListReader({
    inside: container.type === 'values' ? 'values' : container.member === null ? 'list' : { member: container.member },
    maxElement: head.length,
    onElement: ({ bytes, closed }) => {
      elements++;
      if (bytes && rows.length < limit && (closed || whole)) rows.push(jsonRow(elements, headText(bytes)));
    },
  });
  reader.push(head);
  reader.end();
  return { rows, columns: null, part: partOfDataset(reader.after, elements) };
}

function readTable(head: Uint8Array, delimiter: string, whole: boolean, limit: number): HeadRows {
  let columns: string[] | null = null;
  const rows: HeadRow[] = [];
  const reader = new TableReader({
    delimiter,
    maxRecord: MAX_RECORD,
    onRecord: (record) => {
      const { cells, line } = record;
      if (cells.length === 1 && cells[0]?.trim() === '') return;
      if (columns === null) columns = columnNames(cells);
      else if (rows.length < limit)
        rows.push({
          ...{ line, value: { json: toFields(columns, cells) }, text: cells.join(delimiter) },
          fault: recordFault(record, columns.length),
        });
    },
  });
  reader.push(headText(head));
  if (whole) reader.end();
  return { rows, columns, part: null };
}

function jsonRow(line: number, text: string): HeadRow {
  const parsed = parsedJson(text);
  return { line, value: parsed && { json: parsed.value }, text };
}

/** Names of the columns: without spaces around them; nameless ones and second ones of a name by their number. */
export function columnNames(cells: readonly string[]): string[] {
  const seen = new Set<string>();
  return cells.map((cell, i) => {
    const name = cell.trim().slice(0, 200);
    const unique = name === '' ? `column ${i + 1}` : seen.has(name) ? `${name} (column ${i + 1})` : name;
    seen.add(unique);
    return unique;
  });
}

export interface RecordFault {
  code: 'table_quotes' | 'table_width';
  message: string;
}

/** Why nothing can be made of a record; null when something can. */
export function recordFault({ cells, quotes }: TableRecord, columns: number): RecordFault | null {
  if (quotes === 'open')
    return {
      code: 'table_quotes',
      message: 'A quote opens here and never closes, so nothing after it could be read.',
    };
  if (quotes === 'stray')
    return { code: 'table_quotes', message: 'A quote stands within a quoted field; write it twice ("") there.' };
  if (cells.slice(columns).every((cell) => cell.trim() === '')) return null;
  return { code: 'table_width', message: `This row has ${cells.length} fields, the header has ${columns}.` };
}

/** A record of a table as an object. Cells without a column are left out; the caller has said so. */
export function toFields(columns: readonly string[], cells: readonly string[]): Record<string, string> {
  return Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? '']));
}
