import type { Tx } from '@/lib/transaction';
import { FLAG } from '../../flag.rules';
import { rowPlace } from '../../left-out.rules';
import { problemKinds } from '../../problem.rules';
import { scoreOf } from '../../score.rules';
import type { DatasetDeps } from '../dataset.service';
import type { VersionKey } from '../example.queries';
import type { Unmarked } from './change.repository';
import type { CheckRows } from './judge';
import type { Ledger } from './ledger';

const BATCH = 2000;

interface RemarkWork {
  tx: Tx;
  version: VersionKey;
  versionId: string;
  ledger: Ledger;
  check: CheckRows;
  /** Whether rows are known by their number in a list. */
  rowsNumbered: boolean;
}

/**
 * Of rows with the same content all but the first are marked as copies. After a change another one may be the first, or a
 * row may have become a copy: those get their mark anew, and the report says so.
 */
export async function remark({ changes }: Pick<DatasetDeps, 'changes'>, work: RemarkWork): Promise<void> {
  const { tx, version, versionId, ledger, check } = work;
  for (;;) {
    const rows = await changes.wronglyMarked(tx, version, BATCH);
    if (rows.length === 0) return;
    const marked = await Promise.all(rows.map((row) => marksOf(row, check)));
    rows.forEach((row, i) => {
      ledger.mark(row, marked[i]?.flags ?? row.flags);
      if (row.twin !== null) ledger.addFinding(copyOf(row.line, row.twin, work.rowsNumbered));
    });
    const own = marked.filter((_, i) => rows[i]?.fromVersion === version.number);
    const others = marked.filter((_, i) => rows[i]?.fromVersion !== version.number);
    await changes.remark(tx, version, own);
    await changes.insertCopies(tx, version, others);
    const ids = others.map(({ id }) => id);
    await changes.close(tx, version, ids);
    const single = rows.filter(({ twin }) => twin === null).map(({ line }) => line);
    await changes.dropFinding(tx, versionId, 'duplicate_example', single);
  }
}

/** Whether a row that is no copy any more still deserves its warning, only another look at it tells. */
async function marksOf(row: Unmarked, check: CheckRows) {
  let flags = row.flags | FLAG.duplicate | FLAG.warning;
  if (row.twin === null) {
    const [known] = await check([row]);
    const warns = known?.measured?.flags ?? 0;
    flags = (row.flags & ~(FLAG.duplicate | FLAG.warning)) | (warns & FLAG.warning);
  }
  return { id: row.id, split: row.split, flags, score: scoreOf(flags) };
}

const copyOf = (line: number, twin: number, numbered: boolean) => ({
  ...{ code: 'duplicate_example' as const, severity: problemKinds.duplicate_example.severity, line, path: '$' },
  ...{ message: `This example is the same as the one ${rowPlace(twin, numbered)}.`, excerpt: null },
});
