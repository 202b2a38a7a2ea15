import type { Tx } from '@/lib/transaction';
import type { DatasetChange } from '../../change.schema';
import { exampleNotFound } from '../../dataset.errors';
import { type FlagName, problemFlag } from '../../flag.rules';
import { splits } from '../../split.rules';
import { transformOf } from '../../transform.rules';
import type { VersionKey } from '../example.queries';
import type { ChangeQueries, RowChoice } from './change.queries';
import type { PlaceInFile, Places } from './places';
import { planSplit } from './plan-split';
import type { StoredRow, Touch, TouchBatch } from './touch';

export interface PlanContext {
  reads: ChangeQueries;
  base: VersionKey;
  places: Places;
  tx: Tx | undefined;
  /** The rows that match, when they were looked for before. */
  rows?: RowChoice | undefined;
  /** Where the row stands that is set right and added. */
  place?: PlaceInFile | undefined;
}

/** Changes that go row by row; going back is done by ranges alone. */
export type RowChange = Exclude<DatasetChange, { kind: 'goBack' }>;

/** The rows that a change is about, batch by batch in file order: memory does not grow with the version. */
export function planTouches(context: PlanContext, change: RowChange): AsyncGenerator<TouchBatch> {
  switch (change.kind) {
    case 'edit':
      return written(context, { ids: [change.id] }, () => oneLine(change.body));
    case 'add':
      return added(context, change);
    case 'duplicate':
      return duplicated(context, change.ids);
    case 'delete':
      return gone(context, { ids: change.ids });
    case 'deleteMatching':
      return gone(context, context.rows ?? { filter: change.filter });
    case 'move':
      return moved(context, { ids: change.ids }, splits.indexOf(change.split));
    case 'moveMatching':
      return moved(context, context.rows ?? { filter: change.filter }, splits.indexOf(change.split));
    case 'resplit':
      return planSplit(context, change);
    case 'fix':
      if (change.code === 'duplicate_example')
        return gone(context, context.rows ?? { filter: { flag: flagOf(change.code) } });
      return transformed(context, change);
    default:
      return transformed(context, change);
  }
}

/** Which rows a change is about, as far as that can be said without reading them; null: all. */
export function choiceOf(change: RowChange): RowChoice | null {
  if (change.kind === 'edit') return { ids: [change.id] };
  if ('ids' in change) return { ids: change.ids };
  if ('filter' in change) return { filter: change.filter };
  if (change.kind === 'fix') return { filter: { flag: flagOf(change.code) } };
  return null;
}

/** What every row with the problem is marked with; others may be too. */
const flagOf = (code: string): FlagName => {
  const flags: Partial<Record<string, FlagName>> = problemFlag;
  return (Object.hasOwn(flags, code) ? flags[code] : undefined) ?? 'warning';
};

async function* written(
  context: PlanContext,
  choice: RowChoice,
  rewrite: (row: StoredRow) => string | null,
): AsyncGenerator<TouchBatch> {
  const { reads, base, tx } = context;
  let seen = 0;
  for await (const rows of reads.rows(base, choice, { bodies: true, tx })) {
    seen += rows.length;
    const touches = rows.flatMap((before): Touch[] => {
      const body = rewrite(before);
      if (body === null || body === before.body) return [];
      const { ordinal, line, split } = before;
      return [{ kind: 'written', before, after: { ordinal, line, split, body } }];
    });
    yield { seen: rows.length, touches };
  }
  if (seen === 0) refuseUnknown(choice);
}

/** Rows are stored as lines: JSON that was written over several becomes one, faulty text stays for the check to name. */
function oneLine(body: string): string {
  const text = body.trim();
  if (!/[\r\n]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

async function* transformed(context: PlanContext, change: RowChange): AsyncGenerator<TouchBatch> {
  const transform = transformOf(change);
  const choice = context.rows ?? choiceOf(change);
  if (!transform || !choice) return;
  yield* written(context, choice, ({ body }) => {
    const row = transform(JSON.parse(body));
    return row === null ? null : JSON.stringify(row);
  });
}

async function* added(
  { places, place: known }: PlanContext,
  change: Extract<RowChange, { kind: 'add' }>,
): AsyncGenerator<TouchBatch> {
  const body = oneLine(change.body);
  const place = known ? await places.at(known, body) : await places.atEnd(body);
  const after = { ...place, split: splits.indexOf(change.split), body };
  yield { seen: 1, touches: [{ kind: 'added', after }] };
}

async function* duplicated(
  { reads, base, places, tx }: PlanContext,
  ids: readonly string[],
): AsyncGenerator<TouchBatch> {
  let seen = 0;
  for await (const rows of reads.rows(base, { ids }, { bodies: true, tx })) {
    seen += rows.length;
    const touches: Touch[] = [];
    for (const original of rows) {
      const { split, body } = original;
      const place = await places.behind(original.ordinal, body);
      touches.push({ kind: 'copied', original, after: { ...place, split, body } });
    }
    yield { seen: rows.length, touches };
  }
  if (seen === 0) throw exampleNotFound();
}

async function* gone({ reads, base, tx }: PlanContext, choice: RowChoice): AsyncGenerator<TouchBatch> {
  let seen = 0;
  for await (const rows of reads.rows(base, choice, { bodies: true, tx })) {
    seen += rows.length;
    yield { seen: rows.length, touches: rows.map((before) => ({ kind: 'gone', before })) };
  }
  if (seen === 0) refuseUnknown(choice);
}

async function* moved({ reads, base, tx }: PlanContext, choice: RowChoice, split: number): AsyncGenerator<TouchBatch> {
  let seen = 0;
  for await (const rows of reads.rows(base, choice, { bodies: false, tx })) {
    seen += rows.length;
    const moving = rows.filter((before) => before.split !== split);
    const touches = moving.map((before): Touch => ({ kind: 'moved', before, split, flags: before.flags }));
    yield { seen: rows.length, touches };
  }
  if (seen === 0) refuseUnknown(choice);
}

/** Rows that were named must be there; that none matches is for the caller to say. */
function refuseUnknown(choice: RowChoice): void {
  if ('ids' in choice && choice.ids.length > 0) throw exampleNotFound();
}
