import { changeRefused, NOTHING_TO_CHANGE } from '../../change.errors';
import type { ChangeRecord, DatasetChange } from '../../change.schema';
import { versionNotFound } from '../../dataset.errors';
import type { DatasetDeps } from '../dataset.service';
import type { ChangeWork } from './apply-change';
import { Places } from './places';
import { readAggregates } from './read-aggregates';
import { statsOf } from './stats-of';

type GoBack = Extract<DatasetChange, { kind: 'goBack' }>;
type Deps = Pick<DatasetDeps, 'repo' | 'changes' | 'changeReads'>;

/**
 * Gives the next version exactly the rows of an older one: what it shares with the newest stays untouched, the rest comes
 * again or goes. Figures and findings are those of the older version.
 */
export async function backTo(
  { repo, changes, changeReads }: Deps,
  { tx, base, next, change, check }: ChangeWork & { change: GoBack },
): Promise<ChangeRecord | null> {
  const { datasetId, workspaceId } = base;
  const old = await changeReads.version(datasetId, { number: change.number }, tx);
  if (old?.status !== 'ready' || old.number > base.number) throw versionNotFound();
  const version = { datasetId, number: next.number };
  const sums = await readAggregates({ changeReads }, old, check, tx);
  // Numbers of rows that were added since stay theirs, although those rows go.
  const lastLine = Math.max(
    await changeReads.highestRemembered(datasetId, tx),
    await new Places(changeReads, old, tx).highestLine(),
    await new Places(changeReads, base, tx).highestLine(),
  );
  await repo.lock(tx, workspaceId, datasetId);
  const added = await changes.comeAgain(tx, version, old.number, base.number);
  const removed = await changes.closeSince(tx, version, old.number, base.number);
  if (added + removed === 0) throw changeRefused([{ path: null, message: NOTHING_TO_CHANGE }]);
  await changes.endBeforeLater(tx, version);
  await changes.copyFindings(tx, old.id, next.id);
  const { rows, trainRows, validationRows, holdoutRows, tokens, trainableTokens, trainTokens, maxExampleTokens } = old;
  const record: ChangeRecord = { change, changed: 0, added, removed };
  const made = await changes.settle(
    tx,
    { ...next, datasetId },
    {
      figures: {
        ...{ rows, trainRows, validationRows, holdoutRows, maxExampleTokens },
        ...{ tokens: Number(tokens), trainableTokens: Number(trainableTokens), trainTokens: Number(trainTokens) },
      },
      ...{ stats: statsOf(old), aggregates: { ...sums, lastLine }, warnings: old.warnings, record },
    },
  );
  return made ? record : null;
}
