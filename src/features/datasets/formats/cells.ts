import { type Fields, isFields } from './conversion';
import type { FormatKind } from './format.rules';
import type { FormatChoice } from './format.schema';
import { parsedJson } from './head-text';

/** Kinds whose fields are lists or objects; in a table they are written as JSON. */
const STRUCTURED: ReadonlySet<FormatKind> = new Set([
  'chat',
  'sharegpt',
  'preference',
  'stored_completion',
  'langfuse',
]);

/** What stands beside the messages of a chat row and is no column to leave out. */
const CHAT_COLUMNS = ['messages', 'tools', 'functions', 'parallel_tool_calls'];
/** Column with all other fields of a chat row, as one JSON object: a version that is exported as a table has it. */
export const OTHER_FIELDS = 'other_fields';

/** The record of a table as the row that its kind expects: cells that hold JSON become what they say. */
export function rowOfCells(kind: FormatKind, fields: Record<string, string>): Fields {
  if (!STRUCTURED.has(kind)) return fields;
  const row: Fields = {};
  for (const [name, cell] of Object.entries(fields)) {
    if (kind === 'chat' && (!CHAT_COLUMNS.includes(name) || (cell === '' && name !== 'messages'))) continue;
    row[name] = cellValue(cell);
  }
  return kind === 'chat' && fields[OTHER_FIELDS] ? withOthers(row, fields[OTHER_FIELDS]) : row;
}

/** What is no object is kept as the field that the column is called, so that it is told of and not lost. */
function withOthers(row: Fields, cell: string): Fields {
  const others = cellValue(cell);
  return isFields(others) ? { ...others, ...row } : { ...row, [OTHER_FIELDS]: others };
}

function cellValue(cell: string): unknown {
  if (!/^\s*([[{"]|true$|false$|null$)/.test(cell)) return cell;
  const parsed = parsedJson(cell);
  return parsed ? parsed.value : cell;
}

/** Columns of a table that no example is made of. */
export function unusedColumns(
  { kind, mapping }: Pick<FormatChoice, 'kind' | 'mapping'>,
  columns: readonly string[],
): string[] {
  if (kind === 'chat') return columns.filter((name) => !CHAT_COLUMNS.includes(name) && name !== OTHER_FIELDS);
  if (kind !== 'fields' || mapping === null) return [];
  const used = new Set([mapping.system, mapping.prompt, mapping.answer]);
  return columns.filter((name) => !used.has(name));
}
