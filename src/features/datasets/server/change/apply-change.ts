import type { Tx } from '@/lib/transaction';
import { changeRefused, NO_ROWS_LEFT, NOTHING_TO_CHANGE } from '../../change.errors';
import type { ChangeRecord, DatasetChange } from '../../change.schema';
import { rowWord } from '../../left-out.rules';
import { scoreOf } from '../../score.rules';
import type { DatasetDeps } from '../dataset.service';
import type { BaseVersion } from './base-version';
import type { RowChoice } from './change.queries';
import type { TouchedRow } from './change.repository';
import { backTo } from './go-back';
import { type ChangeProblem, type CheckRows, type Judged, judge, problemsOf } from './judge';
import { Ledger } from './ledger';
import { type PlaceInFile, Places } from './places';
import { planTouches } from './plan-touches';
import { readAggregates } from './read-aggregates';
import { remark } from './remark';
import { statsOf } from './stats-of';

/** So many are enough to see what is wrong. */
const MAX_PROBLEMS = 100;

export interface ChangeWork {
  tx: Tx;
  base: BaseVersion;
  /** The version that is being made; its row is there already. */
  next: { id: string; number: number; attempt: number };
  change: DatasetChange;
  /** The rows that the change is about, when they were looked for before. */
  rows?: RowChoice | undefined;
  /** Where the row of the file stands that is set right and added. */
  place?: PlaceInFile | undefined;
  check: CheckRows;
  /** Called with the rows looked at so far; throws when the change is to stop. */
  onRows(rows: number): void;
}

type Deps = Pick<DatasetDeps, 'repo' | 'changes' | 'changeReads'>;

/**
 * Writes the rows, figures and findings of the next version and makes it ready, in the transaction that is given: all of it
 * happens or none. What stays as it is, is not written.
 *
 * @returns what was done; null when the version was cancelled or taken over meanwhile, and the transaction must not be kept
 * @throws invalid_input `datasets.change_refused` with all problems of the rows it would write
 */
export async function applyChange(deps: Deps, work: ChangeWork): Promise<ChangeRecord | null> {
  if (work.change.kind === 'goBack') return backTo(deps, { ...work, change: work.change });
  const { repo, changes, changeReads: reads } = deps;
  const { tx, base, next, change, place, check } = work;
  const { datasetId, workspaceId } = base;
  const version = { datasetId, number: next.number };
  const ledger = new Ledger(await readAggregates(deps, base, check, tx), statsOf(base));
  const places = new Places(reads, base, tx);
  const record: ChangeRecord = { change, changed: 0, added: 0, removed: 0 };
  const problems: ChangeProblem[] = [];
  let seen = 0;
  await changes.openTouched(tx);
  for await (const { seen: looked, touches } of planTouches(
    { reads, base, places, tx, place, rows: work.rows },
    change,
  )) {
    seen += looked;
    work.onRows(seen);
    if (touches.length === 0) continue;
    const judged = await judge(touches, change, check);
    problems.push(
      ...problemsOf(judged, change.kind === 'edit' || change.kind === 'add' ? null : rowWord(base.rowsNumbered)),
    );
    if (problems.length >= MAX_PROBLEMS) break;
    if (problems.length === 0) await writeBatch(deps, tx, version, ledger, judged, record);
  }
  if (problems.length > 0) throw changeRefused(problems.slice(0, MAX_PROBLEMS));
  if (record.changed + record.added + record.removed === 0) throw refusal(NOTHING_TO_CHANGE);
  if (ledger.tally.rows === 0) throw refusal(NO_ROWS_LEFT);
  // Also when no row was added: the one that had the highest number may be among those that go.
  ledger.tally.lastLine = await places.highestLine();
  // From here on nobody else ends a version of this dataset.
  await repo.lock(tx, workspaceId, datasetId);
  await changes.closeTouched(tx, version);
  await changes.carryFindings(tx, base.id, next.id, aboutTheWhole(change));
  const dropped = place ? await changes.dropErrors(tx, next.id, ledger.takeBackRow() ? null : place) : [];
  const kept = await changes.findingsByCode(tx, next.id);
  ledger.unsayErrors(dropped, kept);
  ledger.startFrom(kept);
  await remark(deps, { tx, version, versionId: next.id, ledger, check, rowsNumbered: base.rowsNumbered });
  await changes.endBeforeLater(tx, version);
  const closed = ledger.close();
  await changes.insertFindings(tx, next.id, ledger.findings);
  const made = await changes.settle(tx, { ...next, datasetId }, { ...closed, record });
  return made ? record : null;
}

/** Findings that a change answers anew. A fair split leaves none that leaks. */
const aboutTheWhole = ({ kind }: DatasetChange): string[] =>
  kind === 'resplit' ? ['too_few_examples', 'split_leak'] : ['too_few_examples'];

const refusal = (message: string) => changeRefused([{ path: null, message }]);

async function writeBatch(
  { changes }: Deps,
  tx: Tx,
  version: { datasetId: string; number: number },
  ledger: Ledger,
  judged: readonly Judged[],
  record: ChangeRecord,
): Promise<void> {
  const inserts = judged.flatMap((one) => ledger.book(one) ?? []);
  const moves = judged.flatMap(({ touch }) => (touch.kind === 'moved' ? [touch] : []));
  for (const { touch } of judged) {
    if (touch.kind === 'gone') record.removed++;
    else if (touch.kind === 'added' || touch.kind === 'copied') record.added++;
    else record.changed++;
  }
  await changes.noteTouched(tx, judged.flatMap(noteOf));
  if (inserts.length > 0) await changes.insertRows(tx, version, inserts);
  if (moves.length > 0)
    await changes.insertCopies(
      tx,
      version,
      moves.map(({ before, split, flags }) => ({
        ...{ id: before.id, split, flags },
        score: flags === before.flags ? before.score : scoreOf(flags),
      })),
    );
}

/** Rows that close, lines whose findings are no longer true, and contents that are there once more or once less. */
function noteOf({ touch, after }: Judged): TouchedRow[] {
  const none: TouchedRow = { id: null, line: null, hash: null, closes: false };
  const came = after?.measured ? [{ ...none, hash: after.measured.hash }] : [];
  switch (touch.kind) {
    case 'moved':
      return [{ ...none, id: touch.before.id, closes: true }];
    case 'copied':
      return [{ ...none, hash: touch.original.hash }];
    case 'added':
      return came;
    default: {
      const { id, line, hash } = touch.before;
      return [{ id, line, hash, closes: true }, ...came];
    }
  }
}
