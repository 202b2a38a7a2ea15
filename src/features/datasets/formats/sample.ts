import { problemKinds } from '../problem.rules';
import { rowOfCells } from './cells';
import { checkExample } from './check/check-example';
import { type Converted, isFields, textOf } from './conversion';
import { convertRow, sourcePath } from './convert-row';
import { cutCells, unwrapRow } from './dataset-viewer';
import { isUtf8 } from './encoding';
import type { DatasetFormat } from './format.schema';
import { type HeadRow, readHead } from './read-head';

export interface SampleMessage {
  role: string;
  text: string;
}

export interface SampleProblem {
  /** 1-based: the line of the row, or its number in a list. */
  line: number;
  path: string | null;
  message: string;
}

type Problem = Pick<SampleProblem, 'path' | 'message'>;

/** What the first rows of a file would become. */
export interface Sample {
  examples: { line: number; messages: SampleMessage[] }[];
  problems: SampleProblem[];
  /** Rows that have a problem. */
  leftOut: number;
  /** Rows that were looked at. */
  rows: number;
  /** That the dataset has more rows than the file, in words; null = the file does not say so. */
  part: string | null;
}

const ROWS = 200;
const EXAMPLES = 3;
const NOT_UTF8: Problem = { path: null, message: 'This row is not valid UTF-8.' };

/** Reads the first rows as `format` and shows the first three that work, and those that do not. */
export function sampleOf(head: Uint8Array, whole: boolean, format: DatasetFormat): Sample {
  const { rows, part } = readHead(head, format.container, { whole, limit: ROWS });
  const sample: Sample = { examples: [], problems: [], leftOut: 0, rows: rows.length, part };
  const damaged = !isUtf8(head);
  for (const row of rows) {
    const isDamaged = damaged && row.text.includes('\ufffd');
    const problems = isDamaged ? [NOT_UTF8] : addRow(sample, row, format);
    if (problems.length > 0) sample.leftOut++;
    for (const { path, message } of problems) sample.problems.push({ line: row.line, path, message });
  }
  return sample;
}

/** Shows a row as an example while there are few, or says what is wrong with it. */
function addRow({ examples }: Sample, { line, value, text, fault }: HeadRow, format: DatasetFormat): Problem[] {
  if (value === null) return [{ path: null, message: `This is not valid JSON: ${text.trim().slice(0, 60)}` }];
  if (fault) return [{ path: null, message: fault.message }];
  const cut = cutCells(format, value.json);
  if (cut.length > 0) return cut;
  const isTable = format.container.type === 'table';
  const source = isTable ? rowOfCells(format.kind, value.json as Record<string, string>) : unwrapRow(value.json);
  const converted = convertRow(format, source);
  if ('problems' in converted) return converted.problems;
  const problems = checked(converted);
  if (problems.length === 0 && examples.length < EXAMPLES)
    examples.push({ line, messages: converted.row.messages.map(shown) });
  return problems;
}

/** What keeps a row out, by the rules of the import. */
function checked({ row, places }: Extract<Converted, { row: unknown }>): Problem[] {
  const problems: Problem[] = [];
  checkExample(row, (code, path, message) => {
    if (problemKinds[code].severity === 'error') problems.push({ path: sourcePath(path, places), message });
  });
  return problems;
}

function shown(message: unknown): SampleMessage {
  if (!isFields(message)) return { role: '', text: textOf(message) ?? '' };
  const { role, content, tool_calls: calls } = message;
  const text = Array.isArray(content)
    ? content.map((part) => (isFields(part) && typeof part.text === 'string' ? part.text : '…')).join('\n')
    : (textOf(content) ?? textOf(calls) ?? '');
  return { role: typeof role === 'string' ? role : '', text };
}
