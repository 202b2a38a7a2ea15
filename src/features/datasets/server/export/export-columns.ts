import { OTHER_FIELDS } from '../../formats/cells';
import type { ExportRow } from './export.queries';

/** Fields of a row that have a column of their own. */
const OWN = ['messages', 'tools', 'functions', 'parallel_tool_calls'] as const;

/**
 * Columns of a table: three for people, and what the importer makes the same example of again. They are always the same: which
 * fields the rows have is only known once all of them were read.
 */
export const exportColumns = [
  ...(['line', 'split', 'tokens', 'system', 'prompt', 'answer'] as const),
  ...OWN,
  OTHER_FIELDS,
] as const;
export type ExportColumn = (typeof exportColumns)[number];
export type ExportCells = Record<Exclude<ExportColumn, 'line' | 'tokens'>, string> & { line: number; tokens: number };

type Json = Record<string, unknown>;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A row as the cells of a table. `prompt` is the last thing asked before the last answer; earlier turns stand in `messages`
 * only. Cells without a value are empty.
 */
export function cellsOf({ line, split, tokens, body }: ExportRow): ExportCells {
  const row: unknown = JSON.parse(body);
  const example = isJson(row) ? row : {};
  const messages = Array.isArray(example.messages) ? example.messages.filter(isJson) : [];
  const last = messages.findLastIndex(({ role }) => role === 'assistant');
  const answer = messages[last];
  const asked = messages.slice(0, Math.max(0, last)).findLast(({ role }) => role === 'user');
  const system = messages.filter(({ role }) => role === 'system' || role === 'developer').map(textOf);
  return {
    ...{ line, split, tokens },
    system: system.join('\n\n'),
    prompt: asked ? textOf(asked) : '',
    answer: answer ? textOf(answer) || jsonOf(answer.tool_calls ?? answer.function_call) : '',
    messages: jsonOf(example.messages),
    tools: jsonOf(example.tools),
    functions: jsonOf(example.functions),
    parallel_tool_calls: jsonOf(example.parallel_tool_calls),
    other_fields: otherFields(example),
  };
}

/** All fields that have no column of their own, as JSON. */
function otherFields(example: Json): string {
  const others = Object.entries(example).filter(([name]) => !OWN.some((own) => own === name));
  return others.length === 0 ? '' : JSON.stringify(Object.fromEntries(others));
}

const jsonOf = (value: unknown): string => (value === undefined || value === null ? '' : JSON.stringify(value));

/** Parts are joined; what is no text becomes a word. */
function textOf({ content }: Json): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (isJson(part) && typeof part.text === 'string' ? part.text : '[image]')).join('');
}
