import type { Container } from '../../formats/format.schema';
import { ListReader } from '../../formats/list-reader';
import { MAX_RECORD, TableReader, type TableRecord } from '../../formats/table-reader';
import { quoted } from '../export/write-csv';
import { BYTE_ORDER_MARK } from '../import/file-kind';
import { LineSplitter } from '../import/line-splitter';
import { MAX_LINE_BYTES } from '../import/row-reader';
import { isBlank } from '../import/words';

/** A row as it stands in its file. */
export interface SourceRow {
  /** 1-based. What the row is known by: the line it begins on, or its number in a list. */
  line: number;
  /** Its number, when the file is a list: 1-based too. */
  element: number | null;
  /** The line it begins on. */
  startsOn: number;
  /** Where it begins: the same number by which a kept row is known. */
  ordinal: number;
  /** The row on one line, or as a record of its table. Valid until the next chunk. */
  text: () => Uint8Array;
}

/** Cuts a file into the rows an import sees, whatever is wrong with them, without reading any. Memory holds one chunk. */
export class SourceRows {
  /** What stands above the rows of a table; null until it was met, and for other files. */
  header: Uint8Array | null = null;
  private rows: SourceRow[] = [];
  private begun = false;
  private readonly reader: { push(chunk: Buffer): void; end(): void };

  /** @param numbered  whether rows of a list are known by their number; versions from before know the line */
  constructor(
    container: Container,
    private readonly numbered: boolean,
  ) {
    this.reader =
      container.type === 'lines'
        ? this.lines()
        : container.type === 'table'
          ? this.table(container.delimiter)
          : this.list(container);
  }

  push(chunk: Buffer): SourceRow[] {
    const marked = !this.begun && chunk.subarray(0, 3).equals(BYTE_ORDER_MARK);
    this.begun = true;
    this.reader.push(marked ? chunk.subarray(3) : chunk);
    return this.rows.splice(0);
  }

  end(): SourceRow[] {
    this.reader.end();
    return this.rows.splice(0);
  }

  private add(line: number, rest: Pick<SourceRow, 'ordinal' | 'text'>): void {
    this.rows.push({ line, element: null, startsOn: line, ...rest });
  }

  private lines() {
    // What is too long to be read is too long to be shown.
    return new LineSplitter(MAX_LINE_BYTES, ({ bytes, number, offset }) => {
      if (bytes && !isBlank(bytes)) this.add(number, { ordinal: offset, text: () => bytes });
    });
  }

  private list(container: Container & { type: 'list' | 'values' }) {
    const { type } = container;
    const inside = type === 'values' ? 'values' : container.member === null ? 'list' : { member: container.member };
    let element = 0;
    return new ListReader({
      inside,
      maxElement: MAX_LINE_BYTES,
      onElement: ({ bytes, line, offset }) => {
        element++;
        const text = () => Buffer.from(onOneLine(Buffer.from(bytes ?? [])));
        const known = this.numbered ? element : line;
        if (bytes) this.rows.push({ line: known, element, startsOn: line, ordinal: offset, text });
      },
    });
  }

  private table(delimiter: string) {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const take = ({ cells, line, offset }: TableRecord): void => {
      if (cells.length === 1 && cells[0]?.trim() === '') return;
      const text = () => Buffer.from(cells.map((cell) => quoted(cell, delimiter)).join(delimiter));
      if (this.header === null) this.header = text();
      else this.add(line, { ordinal: offset, text });
    };
    const reader = new TableReader({ delimiter, maxRecord: MAX_RECORD, onRecord: take });
    return {
      push: (chunk: Buffer) => reader.push(decoder.decode(chunk, { stream: true })),
      end: () => {
        reader.push(decoder.decode());
        reader.end();
      },
    };
  }
}

/** Between the parts of JSON a line end is a space; what is no JSON keeps its words. */
function onOneLine(bytes: Buffer): string {
  const text = bytes.toString();
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text.replaceAll(/\s*[\r\n]\s*/g, ' ');
  }
}
