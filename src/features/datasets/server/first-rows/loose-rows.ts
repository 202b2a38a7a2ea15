import { rowOfCells } from '../../formats/cells';
import type { ConversionProblem } from '../../formats/conversion';
import { convertRow, sourcePath } from '../../formats/convert-row';
import { cutCells, unwrapRow } from '../../formats/dataset-viewer';
import type { DatasetFormat } from '../../formats/format.schema';
import { type HeadRow, readHead } from '../../formats/read-head';
import { problemKinds, type Severity } from '../../problem.rules';

export interface RowProblem {
  severity: Severity;
  path: string | null;
  message: string;
}

/** A row of a file before its check: the conversation that it becomes, or why it becomes none. */
export interface FirstRow {
  line: number;
  /** As it stands in the file. */
  text: string;
  /** Null: `problems` say why it is no conversation. */
  body: string | null;
  problems: RowProblem[];
  /** A place in the conversation as a place in the row. */
  placeOf: (path: string) => string;
}

/** The first rows of a file, turned into conversations as an import would turn them. */
export const firstRowsOf = (
  head: Uint8Array,
  { format, whole, limit }: { format: DatasetFormat; whole: boolean; limit: number },
): FirstRow[] => readHead(head, format.container, { whole, limit }).rows.map((row) => toFirstRow(row, format));

function toFirstRow({ line, value, text }: HeadRow, format: DatasetFormat): FirstRow {
  const plain: FirstRow = { line, text, body: text, problems: [], placeOf: (path) => path };
  // What is no JSON, and a chat row as it stands, is told most exactly by the checks themselves.
  if (value === null) return plain;
  const leftOut = (problems: readonly ConversionProblem[]): FirstRow => ({
    ...{ ...plain, body: null },
    problems: problems.map(({ code, path, message }) => ({ severity: problemKinds[code].severity, path, message })),
  });
  const cut = cutCells(format, value.json);
  if (cut.length > 0) return leftOut(cut);
  const { type } = format.container;
  const source =
    type === 'table'
      ? rowOfCells(format.kind, value.json as Record<string, string>)
      : type === 'lines'
        ? value.json
        : unwrapRow(value.json);
  if (format.kind === 'chat') return source === value.json ? plain : { ...plain, body: JSON.stringify(source) };
  const converted = convertRow(format, source);
  if ('problems' in converted) return leftOut(converted.problems);
  const { row, places } = converted;
  return { ...plain, body: JSON.stringify(row), placeOf: (path) => sourcePath(path, places) };
}
