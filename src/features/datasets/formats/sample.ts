import { rowOfCells } from './cells';
import { isFields, textOf } from './conversion';
import { convertRow } from './convert-row';
import { cutCells, unwrapRow } from './dataset-viewer';
import type { DatasetFormat } from './format.schema';
import { type HeadRow, readHead } from './read-head';

export interface SampleMessage {
  role: string;
  text: string;
}

export interface SampleProblem {
  line: number;
  path: string | null;
  message: string;
}

/** What the first rows of a file would become. */
export interface Sample {
  examples: { line: number; messages: SampleMessage[] }[];
  problems: SampleProblem[];
  /** Rows that were looked at. */
  rows: number;
  /** That the dataset has more rows than the file, in words; null = the file does not say so. */
  part: string | null;
}

const ROWS = 200;
const EXAMPLES = 3;

/** Reads the first rows as `format` and shows the first three that work, and those that do not. */
export function sampleOf(head: Uint8Array, whole: boolean, format: DatasetFormat): Sample {
  const { rows, part } = readHead(head, format.container, { whole, limit: ROWS });
  const sample: Sample = { examples: [], problems: [], rows: rows.length, part };
  for (const row of rows) addRow(sample, row, format);
  return sample;
}

function addRow(sample: Sample, { line, value, text }: HeadRow, format: DatasetFormat): void {
  if (value === null) {
    sample.problems.push({ line, path: null, message: `This is not valid JSON: ${text.trim().slice(0, 60)}` });
    return;
  }
  const isTable = format.container.type === 'table';
  const source = isTable ? rowOfCells(format.kind, value.json as Record<string, string>) : unwrapRow(value.json);
  const cut = cutCells(format, value.json);
  const converted = cut.length > 0 ? { problems: cut } : convertRow(format, source);
  if ('problems' in converted) {
    for (const { path, message } of converted.problems) sample.problems.push({ line, path, message });
    return;
  }
  const { messages } = converted.row;
  if (!Array.isArray(messages) || messages.length === 0)
    sample.problems.push({ line, path: 'messages', message: 'This row has no list of messages.' });
  else if (sample.examples.length < EXAMPLES) sample.examples.push({ line, messages: messages.map(shown) });
}

function shown(message: unknown): SampleMessage {
  if (!isFields(message)) return { role: '', text: textOf(message) ?? '' };
  const { role, content, tool_calls: calls } = message;
  const text = Array.isArray(content)
    ? content.map((part) => (isFields(part) && typeof part.text === 'string' ? part.text : '…')).join('')
    : (textOf(content) ?? textOf(calls) ?? '');
  return { role: typeof role === 'string' ? role : '', text };
}
