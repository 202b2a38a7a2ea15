import { formatCount } from '@/lib/format';
import { type ConversionProblem, type Fields, isFields } from './conversion';
import type { FormatKind } from './format.rules';
import type { FormatChoice } from './format.schema';

// Hugging Face's public dataset viewer hands out pages of rows: {"features": …, "rows": [{"row_idx": 0, "row": {…},
// "truncated_cells": []}], "num_rows_total": 5000, "num_rows_per_page": 100, "partial": false}.
// Source: huggingface.co/docs/dataset-viewer, /rows and /first-rows.

interface ViewerRow extends Fields {
  row: Fields;
  row_idx: number;
}

const isViewerRow = (value: unknown): value is ViewerRow =>
  isFields(value) && isFields(value.row) && typeof value.row_idx === 'number';

/** The row of the public dataset viewer stands in `row`, beside its index. */
export const unwrapRow = (value: unknown): unknown => (isViewerRow(value) ? value.row : value);

/** The columns that examples are made of. */
const USED: Record<Exclude<FormatKind, 'fields'>, readonly string[]> = {
  chat: ['messages', 'tools', 'functions'],
  prompt_completion: ['system', 'prompt', 'completion', 'tools', 'functions'],
  sharegpt: ['system', 'conversations', 'tools', 'functions'],
  alpaca: ['system', 'history', 'instruction', 'input', 'output'],
  preference: ['input', 'preferred_output', 'prompt', 'chosen', 'tools', 'functions'],
  stored_completion: [
    ...['messages', 'input', 'instructions', 'item', 'request', 'tools', 'functions'],
    ...['response', 'choices', 'output', 'output_text'],
  ],
  langfuse: ['input', 'expectedOutput', 'expected_output'],
};

/**
 * Cells that the viewer cut off, where an example would be made of them: half an answer teaches a model to stop in the middle.
 * @param value  the row as it stands in the file
 */
export function cutCells(
  { kind, mapping }: Pick<FormatChoice, 'kind' | 'mapping'>,
  value: unknown,
): ConversionProblem[] {
  if (!isViewerRow(value) || !Array.isArray(value.truncated_cells)) return [];
  const { row, truncated_cells: cut } = value;
  const used = kind === 'fields' ? columnsOf(mapping, row) : USED[kind];
  return used
    .filter((name) => cut.includes(name))
    .map((name) => ({
      ...{ code: 'cell_cut', path: name },
      message: `"${name.slice(0, 60)}" was cut off by the viewer of datasets, so only its beginning is here.`,
    }));
}

/** A path leads into the cell of its first name. */
function columnsOf(mapping: FormatChoice['mapping'], row: Fields): string[] {
  if (!mapping) return [];
  const names = [mapping.system, mapping.prompt, mapping.answer].filter((path) => path !== null);
  return [...new Set(names.map((path) => (Object.hasOwn(row, path) ? path : (path.split('.')[0] ?? path))))];
}

/**
 * Whether the file is only a page of its dataset, in words; null = it does not say so.
 * @param after  what follows the list of rows in the object around it
 */
export function partOfDataset(after: string, rows: number): string | null {
  const total = Number(/"num_rows_total"\s*:\s*(\d{1,15})\b/.exec(after)?.[1] ?? 0);
  if (total > rows) return `The file has ${formatCount(rows)} of the ${formatCount(total)} rows of its dataset.`;
  return /"partial"\s*:\s*true\b/.test(after) ? 'The file says that its rows are only a part of their dataset.' : null;
}
