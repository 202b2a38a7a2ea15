import { formatAbout, formatCount } from '@/lib/format';
import type { ChangePreview, DatasetChange, ExampleFilter } from '../../change.schema';
import type { Split } from '../../split.rules';
import { splitNames } from '../../split.rules';

/** Which rows somebody means: these, or all that match the filter of the preview. */
export type RowsMeant = { ids: readonly string[] } | { filter: ExampleFilter };

/** What can be done to several rows at once. */
export type BulkKind = 'delete' | 'move' | 'duplicate' | 'trim' | 'replaceSystemPrompt' | 'redact';

export interface BulkTask {
  kind: BulkKind;
  rows: RowsMeant;
}

export interface BulkValues {
  split: Split;
  /** The new system prompt; empty = without one. */
  text: string;
}

/** The change that was asked for, as the server takes it; null for what cannot be done to such a choice of rows. */
export function bulkChange({ kind, rows }: BulkTask, { split, text }: BulkValues): DatasetChange | null {
  const some = 'ids' in rows;
  const filter: ExampleFilter = some ? { ids: [...rows.ids] } : rows.filter;
  if (kind === 'delete') return some ? { kind, ids: [...rows.ids] } : { kind: 'deleteMatching', filter };
  if (kind === 'move') return some ? { kind, ids: [...rows.ids], split } : { kind: 'moveMatching', filter, split };
  if (kind === 'duplicate') return some ? { kind, ids: [...rows.ids] } : null;
  if (kind === 'replaceSystemPrompt') return { kind, text, filter };
  return { kind, filter };
}

export const bulkNames = {
  delete: 'Delete',
  move: 'Move to split',
  duplicate: 'Duplicate',
  trim: 'Trim white space',
  replaceSystemPrompt: 'Replace system prompt',
  redact: 'Redact personal data',
} as const satisfies Record<BulkKind, string>;

export const bulkExplanations = {
  delete: 'The rows are left out of the next version. Older versions keep them.',
  move: 'Held-out examples are never sent to a provider; validation examples only measure a job.',
  duplicate: 'Each row stands twice in the next version, and so weighs double.',
  trim: 'White space at the beginning and end of every message goes.',
  replaceSystemPrompt: 'Every row begins with this system prompt, whatever it began with before.',
  redact: 'Keys, mail addresses, phone and card numbers and IBANs become words such as [mail address].',
} as const satisfies Record<BulkKind, string>;

type RowCounts = Pick<ChangePreview, 'changed' | 'added' | 'removed'>;

export const countRows = (count: number): string => `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`;

/** The same of an estimate. */
export const aboutRows = (count: number): string => `${formatAbout(count)} ${count === 1 ? 'row' : 'rows'}`;

/** "312 rows change, 3 go": true totals in one sentence; what is estimated says so. */
export function changeSentence({
  changed,
  added,
  removed,
  estimated = false,
}: RowCounts & { estimated?: boolean }): string {
  const verb = (count: number, one: string, many: string) =>
    `${estimated ? aboutRows(count) : countRows(count)} ${count === 1 ? one : many}`;
  const parts = [
    changed > 0 && verb(changed, 'changes', 'change'),
    added > 0 && verb(added, 'is added', 'are added'),
    removed > 0 && verb(removed, 'goes', 'go'),
  ].filter((part) => part !== false);
  if (parts.length === 0) return 'No row would be other than it is';
  return `${estimated ? 'About ' : ''}${parts.join(', ')}`;
}

/** What becomes of the other rows that were meant: "; the other 5 stay as they are". */
export function restSentence(preview: RowCounts & Pick<ChangePreview, 'matched' | 'estimated'>): string {
  const rest = preview.matched - touched(preview);
  if (rest <= 0 || rest === preview.matched) return '';
  if (preview.estimated) return `; about ${formatAbout(rest)} stay as they are`;
  return rest === 1 ? '; the other 1 stays as it is' : `; the other ${formatCount(rest)} stay as they are`;
}

/** How many rows a change touches: what its button says. */
export const touched = ({ changed, added, removed }: RowCounts): number => changed + added + removed;

/** "+120", "−3", with a real minus. */
export const signed = (value: number): string =>
  value === 0 ? '±0' : `${value > 0 ? '+' : '−'}${formatCount(Math.abs(value))}`;

/** "412 345 → 412 034 tokens (−311)", of the rows that are touched; "about 16.2 M → 16.6 M tokens" when it is estimated. */
export function tokenStep(before: number, after: number, estimated = false): string {
  const [about, count] = estimated ? ['about ', formatAbout] : ['', formatCount];
  if (before === after) return `${about}${count(after)} tokens, as before`;
  const more = Math.abs(after - before);
  return `${about}${count(before)} → ${count(after)} tokens (${after > before ? '+' : '−'}${count(more)})`;
}

/** "Training → Held out", or null when the row stays on its side. */
export function splitStep({ before, after }: ChangePreview['samples'][number]['split']): string | null {
  if (before === after) return null;
  return `${before ? splitNames[before] : 'new'} → ${after ? splitNames[after] : 'gone'}`;
}
