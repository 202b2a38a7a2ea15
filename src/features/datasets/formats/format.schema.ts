import { z } from 'zod';
import { delimiters, formatKinds } from './format.rules';

/** How rows are packed in the file. */
export const container = z.discriminatedUnion('type', [
  /** One JSON value per line. */
  z.object({ type: z.literal('lines') }),
  /** One JSON list; `member` = the name under which it stands in an object around it, null = the file is the list. */
  z.object({ type: z.literal('list'), member: z.string().max(60).nullable() }),
  /** JSON values one after the other, each over as many lines as it likes. */
  z.object({ type: z.literal('values') }),
  /** Columns under a header line. */
  z.object({ type: z.literal('table'), delimiter: z.enum(delimiters) }),
]);
export type Container = z.infer<typeof container>;

/** Every way in which rows may be packed, but in a list with a name; the names are those of requests. */
export const layouts = {
  ...{ jsonl: { type: 'lines' }, list: { type: 'list', member: null }, objects: { type: 'values' } },
  ...{ csv: { type: 'table', delimiter: ',' }, semicolons: { type: 'table', delimiter: ';' } },
  ...{ tsv: { type: 'table', delimiter: '\t' }, bars: { type: 'table', delimiter: '|' } },
} as const satisfies Record<string, Container>;
type Layout = keyof typeof layouts;
const layoutNames = Object.keys(layouts) as [Layout, ...Layout[]];

const field = z.string().min(1, 'Choose a field.').max(200);

/** Which fields of a row become which message. A dot leads into an object: "data.question". */
export const fieldMapping = z.object({
  system: field.nullable().default(null),
  prompt: field,
  answer: field,
});
export type FieldMapping = z.infer<typeof fieldMapping>;

/** What a file is. What is null is found out when the file is read. */
export const formatChoice = z.object({
  kind: z.enum(formatKinds),
  container: container.nullable().default(null),
  /** For the kind "fields". */
  mapping: fieldMapping.nullable().default(null),
});
export type FormatChoice = z.infer<typeof formatChoice>;

/** What a file was read as: a version remembers it. */
export const datasetFormat = formatChoice.extend({ container });
export type DatasetFormat = z.infer<typeof datasetFormat>;

/** How a request names the format: a kind, or the kind of table; how rows are packed; and for fields of one's own which is what. */
export const formatQuery = z.object({
  format: z.enum([...formatKinds, 'csv', 'tsv']).optional(),
  layout: z.enum(layoutNames).optional(),
  prompt: field.optional(),
  answer: field.optional(),
  system: field.optional(),
});

/**
 * Undefined: the request says nothing, so it is found out when the file is read. Of a layout alone the rows are taken for chat.
 */
export function formatOf(query: z.infer<typeof formatQuery>): FormatChoice | undefined {
  const { format, layout, prompt, answer, system } = query;
  const mapping = prompt !== undefined && answer !== undefined ? { system: system ?? null, prompt, answer } : null;
  if (format === undefined && mapping === null)
    return layout && { kind: 'chat', container: layouts[layout], mapping: null };
  // What separates the columns is seen better than said: many a CSV has semicolons.
  const kind = format === undefined || format === 'csv' || format === 'tsv' ? 'fields' : format;
  const container = layout ? layouts[layout] : format === 'tsv' ? layouts.tsv : null;
  return { kind, container, mapping: kind === 'fields' ? mapping : null };
}
