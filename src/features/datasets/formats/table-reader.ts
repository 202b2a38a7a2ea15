import Papa from 'papaparse';

export interface TableRecord {
  cells: string[];
  /** 1-based line of the file on which it starts. */
  line: number;
  /** Where it starts, in characters. */
  offset: number;
  /** `open` = a quote never closes, `stray` = a quote stands where none may. */
  quotes: 'fine' | 'open' | 'stray';
}

interface TableReaderOptions {
  delimiter: string;
  /** Most characters of one record. One that is longer ends the reading: a quote was opened that nobody closes. */
  maxRecord: number;
  onRecord(record: TableRecord): void;
}

/** Reads CSV and its relatives chunk by chunk: quotes, doubled quotes, line ends within quotes, LF, CRLF or a lone CR. */
export class TableReader {
  private rest = '';
  private offset = 0;
  private line = 1;
  private newline: '\n' | '\r' | null = null;
  /** Set when a record was longer than may be: where it began. Nothing after it is read. */
  overlong: { line: number } | null = null;

  constructor(private readonly options: TableReaderOptions) {}

  push(text: string): void {
    if (this.overlong) return;
    this.rest += text;
    this.newline ??= lineEndOf(this.rest);
    if (this.newline === null) {
      this.checkLength();
      return;
    }
    this.read(this.newline, false);
    this.checkLength();
  }

  end(): void {
    if (this.overlong || this.rest === '') return;
    this.read(this.newline ?? '\n', true);
    this.rest = '';
  }

  private read(newline: '\n' | '\r', last: boolean): void {
    const text = this.rest;
    let from = 0;
    const step = ({ data, errors, meta }: Papa.ParseStepResult<string[][]>): void => {
      const [cells] = data;
      if (!cells || meta.cursor === from) return;
      const raw = text.slice(from, meta.cursor);
      const isOpen = errors.some(({ code }) => code === 'MissingQuotes');
      const quotes = isOpen ? 'open' : errors.length > 0 ? 'stray' : 'fine';
      this.options.onRecord({ cells: withoutReturn(cells, raw), line: this.line, offset: this.offset + from, quotes });
      this.line += count(raw, newline);
      from = meta.cursor;
    };
    const parser = new Papa.Parser({
      ...{ delimiter: this.options.delimiter, newline },
      step: step as unknown as (results: Papa.ParseStepResult<unknown>) => void,
    });
    parser.parse(text, 0, !last);
    this.offset += from;
    this.rest = text.slice(from);
  }

  private checkLength(): void {
    if (this.rest.length <= this.options.maxRecord) return;
    this.overlong = { line: this.line };
    this.rest = '';
  }
}

/** LF also stands for CRLF; a file without any LF may be one of the old Macs. Null: not to be seen yet. */
function lineEndOf(text: string): '\n' | '\r' | null {
  if (text.includes('\n')) return '\n';
  const at = text.indexOf('\r');
  // A CR at the very end may be half of a CRLF.
  return at >= 0 && at < text.length - 1 ? '\r' : null;
}

/** With LF as the line end, the CR of a CRLF is left on the last cell, unless that is in quotes. */
function withoutReturn(cells: string[], raw: string): string[] {
  const last = cells.at(-1);
  if (last?.endsWith('\r') && !/\r"\r?\n?$/.test(raw.slice(-4))) cells[cells.length - 1] = last.slice(0, -1);
  return cells;
}

function count(text: string, sign: string): number {
  let found = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) found++;
  return found;
}
