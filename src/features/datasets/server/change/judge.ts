import type { DatasetChange } from '../../change.schema';
import { describeProblem } from '../../problem.rules';
import type { CheckedRow, LooseRow } from '../import/row-check';
import type { Touch } from './touch';

/** Checks and measures rows, in their order. */
export type CheckRows = (rows: readonly LooseRow[]) => Promise<CheckedRow[]>;

export interface ChangeProblem {
  path: string | null;
  message: string;
}

/** A touch with what the checks say of the row that goes and of the one that comes. */
export interface Judged {
  touch: Touch;
  before: CheckedRow | null;
  after: CheckedRow | null;
}

/**
 * Checks what a change would write and measures what it would take away; rows that only move need neither. A repair is of
 * rows that have the problem, as the report counts them: whatever else it could be made of stays as it is.
 */
export async function judge(touches: readonly Touch[], change: DatasetChange, check: CheckRows): Promise<Judged[]> {
  const judged = await judgeAll(touches, check);
  if (change.kind !== 'fix') return judged;
  const { code } = change;
  return judged.filter(({ touch, before }) => touch.kind !== 'written' || (before?.totals[code] ?? 0) > 0);
}

async function judgeAll(touches: readonly Touch[], check: CheckRows): Promise<Judged[]> {
  const rows = touches.flatMap(rowsOf);
  const checked = rows.length > 0 ? await check(rows) : [];
  let next = 0;
  return touches.map((touch) => {
    const before = readsBefore(touch) ? (checked[next++] ?? null) : null;
    const after = readsAfter(touch) ? (checked[next++] ?? null) : null;
    return { touch, before, after };
  });
}

const readsBefore = ({ kind }: Touch): boolean => kind === 'gone' || kind === 'written' || kind === 'copied';
const readsAfter = ({ kind }: Touch): boolean => kind === 'written' || kind === 'added';

function rowsOf(touch: Touch): LooseRow[] {
  if (touch.kind === 'moved') return [];
  if (touch.kind === 'gone') return [touch.before];
  if (touch.kind === 'copied') return [touch.original];
  return touch.kind === 'added' ? [touch.after] : [touch.before, touch.after];
}

/**
 * What keeps a change from being made: errors of the rows it would write.
 * @param word  what the number of a row is called; null: it is about one row, so nobody has to be told which
 */
export function problemsOf(judged: readonly Judged[], word: string | null): ChangeProblem[] {
  return judged.flatMap(({ touch, after }) => {
    if (!after || after.measured !== null || !('after' in touch)) return [];
    const errors = after.findings.filter(({ code }) => describeProblem(code).severity === 'error');
    return errors.map(({ path, message }) => ({
      path,
      message: word === null ? message : `${word} ${touch.after.line}: ${message}`,
    }));
  });
}

/** What the report will say of a row that is written by hand. */
export const warningsOf = (judged: readonly Judged[]): ChangeProblem[] =>
  judged
    .flatMap(({ after }) => (after?.measured ? after.findings : []))
    .filter(({ code }) => describeProblem(code).severity === 'warning')
    .map(({ path, message }) => ({ path, message }));
