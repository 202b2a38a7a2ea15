export interface TableRecord {
  cells: string[];
  /** 1-based line of the file on which it starts. */
  line: number;
  /** Where it starts, in characters. */
  offset: number;
  /** `open` = a quote never closes, `stray` = something follows a closing quote. */
  quotes: 'fine' | 'open' | 'stray';
}

/** A quote that nobody closes must not gather the whole file; and re-reading a record for every chunk has its price. */
export const MAX_RECORD = 4_000_000;

interface TableReaderOptions {
  delimiter: string;
  /** Most characters of one record. One that is longer ends the reading: a quote was opened that nobody closes. */
  maxRecord: number;
  onRecord(record: TableRecord): void;
}

type State = 'start' | 'plain' | 'quoted' | 'closed';

const LINE_ENDS = /\r\n|\n|\r/g;

/**
 * Reads CSV and its relatives chunk by chunk (RFC 4180; LF, CRLF and a lone CR end a line). The usual parsers were tried: they
 * take all that follows a misplaced quote for one field and do not say on which line a record starts. This one goes on as
 * Python's does: text after a closing quote belongs to the field, and the record says so.
 */
export class TableReader {
  /** Set when a record was longer than may be: where it began. Nothing after it is read. */
  overlong: { line: number } | null = null;
  private readonly ends: RegExp;
  /** A quote or CR at the end of a chunk: what it means is told by what follows. */
  private held = '';
  private state: State = 'start';
  private cell = '';
  private cells: string[] = [];
  private stray = false;
  private length = 0;
  /** Where the record being read begins. */
  private line = 1;
  private offset = 0;
  /** Line ends and characters passed so far. */
  private passedLines = 1;
  private passed = 0;

  constructor(private readonly options: TableReaderOptions) {
    this.ends = new RegExp(`[${options.delimiter}\\n\\r]`, 'g');
  }

  push(chunk: string): void {
    if (this.overlong) return;
    const text = this.held + chunk;
    const isOpen = text.endsWith('"') || text.endsWith('\r');
    this.held = isOpen ? text.slice(-1) : '';
    this.read(isOpen ? text.slice(0, -1) : text, this.held);
  }

  end(): void {
    if (this.overlong) return;
    const text = this.held;
    this.held = '';
    this.read(text, '');
    if (this.cells.length > 0 || this.cell !== '' || this.state !== 'start') this.finishRecord();
  }

  /** @param next  what comes after the text, to be looked at only */
  private read(text: string, next: string): void {
    const all = text + next;
    let at = 0;
    while (at < text.length && !this.overlong) {
      if (this.state === 'quoted') at = this.readQuoted(text, all, at);
      else if (this.state === 'start' && text[at] === '"') {
        this.state = 'quoted';
        at++;
      } else at = this.readPlain(text, all, at);
    }
    // A doubled quote was cut in two: its second half is used up.
    if (at > text.length) this.held = '';
    this.passed += Math.max(at, text.length);
  }

  private readQuoted(text: string, all: string, from: number): number {
    const quote = text.indexOf('"', from);
    const to = quote < 0 ? text.length : quote;
    const part = text.slice(from, to);
    this.append(part);
    this.passedLines += countLineEnds(part);
    if (quote < 0) return to;
    if (all[quote + 1] === '"') {
      this.append('"');
      return quote + 2;
    }
    this.state = 'closed';
    return quote + 1;
  }

  /** Up to the end of the cell or of the text. */
  private readPlain(text: string, all: string, from: number): number {
    this.ends.lastIndex = from;
    const at = this.ends.exec(text)?.index ?? text.length;
    const part = text.slice(from, at);
    if (this.state !== 'closed' || part.trim() !== '') {
      this.stray ||= this.state === 'closed';
      this.append(part);
      this.state = this.state === 'closed' || part !== '' ? 'plain' : this.state;
    }
    if (at === text.length) return at;
    if (text[at] === this.options.delimiter) {
      this.finishCell();
      // A cell follows, be it empty: the record does not end with the sign before it.
      this.state = 'start';
      return at + 1;
    }
    this.finishRecord();
    const width = all[at] === '\r' && all[at + 1] === '\n' ? 2 : 1;
    this.passedLines++;
    this.line = this.passedLines;
    this.offset = this.passed + at + width;
    return at + width;
  }

  private append(part: string): void {
    this.cell += part;
    this.length += part.length;
    if (this.length > this.options.maxRecord) this.overlong = { line: this.line };
  }

  private finishCell(): void {
    this.cells.push(this.cell);
    this.cell = '';
  }

  private finishRecord(): void {
    const quotes = this.state === 'quoted' ? 'open' : this.stray ? 'stray' : 'fine';
    this.finishCell();
    const { cells, line, offset } = this;
    this.cells = [];
    this.state = 'start';
    this.stray = false;
    this.length = 0;
    if (line === 1 && isDelimiterLine(cells, this.options.delimiter)) return;
    this.options.onRecord({ cells, line, offset, quotes });
  }
}

/** Excel takes, and some programs write for it, a first line that says what separates the columns: it is no row. */
const isDelimiterLine = (cells: readonly string[], delimiter: string): boolean =>
  cells.join(delimiter).toLowerCase() === `sep=${delimiter}`;

const countLineEnds = (text: string): number => text.match(LINE_ENDS)?.length ?? 0;
