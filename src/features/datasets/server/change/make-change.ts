import type { Actor } from '@/lib/actor';
import type { Tx } from '@/lib/transaction';
import type { ChangeInput, ChangeMade, ChangeRecord, DatasetChange } from '../../change.schema';
import { datasetNotFound } from '../../dataset.errors';
import { changeEvent } from '../dataset.events';
import type { DatasetDeps } from '../dataset.service';
import { type PlaceDeps, withPlace } from '../left-out/find-left-out';
import { applyChange } from './apply-change';
import { type BaseVersion, findBase } from './base-version';
import { changeWords } from './change-words';
import { checkRows, expectRows, PATIENCE_MS } from './check-rows';
import { sizeOfChange } from './size-of-change';

type Deps = PlaceDeps & Pick<DatasetDeps, 'changes' | 'changeReads' | 'audit' | 'outbox' | 'inTransaction' | 'clock'>;

/**
 * Makes the next version out of the one that was looked at. A small change is done when this returns; a large one goes on
 * in the background, and its version is `pending` first.
 * @throws not_found; conflict `datasets.version_outdated`, `datasets.version_under_way`; invalid_input
 *   `datasets.change_refused` with everything that is wrong with the result; for a row that was left out also as `leftOutRow`
 */
export const makeChange =
  (deps: Deps) =>
  async (actor: Actor, input: ChangeInput): Promise<ChangeMade> => {
    actor.require('datasets:write');
    const { change, place } = await withPlace(deps, actor.workspaceId, input);
    const patience = AbortSignal.timeout(PATIENCE_MS);
    if (input.change.kind === 'edit' || input.change.kind === 'add') expectRows(patience);
    const { base } = await findBase(deps, actor.workspaceId, input);
    const { isLarge: inBackground, rows } = await sizeOfChange(deps.changeReads, base, input.change);
    const check = checkRows(patience);
    return deps.inTransaction(async (tx) => {
      const { next, name } = await startVersion(
        deps,
        tx,
        actor,
        { ...input, change },
        inBackground ? 'pending' : 'importing',
      );
      const { datasetId } = input;
      if (inBackground) await deps.outbox(tx, changeEvent(actor.workspaceId, next.id, next.attempt));
      else await applyChange(deps, { tx, base: next.base, next, change, rows, place, check, onRows: () => undefined });
      await deps.audit(tx, actor, {
        ...{ action: 'dataset.changed', subject: 'dataset', subjectId: datasetId },
        details: { name, kind: change.kind, version: next.number },
      });
      await deps.repo.touch(tx, datasetId, deps.clock.now());
      await deps.repo.announce(tx, actor.workspaceId, datasetId);
      return { datasetId, versionId: next.id, number: next.number, status: inBackground ? 'pending' : 'ready' };
    });
  };

/** Under the dataset's lock, so of two changes of one version only the first finds it still the newest. */
async function startVersion(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  { datasetId, versionId, change }: ChangeInput,
  status: 'pending' | 'importing',
) {
  const { workspaceId } = actor;
  if (!(await deps.repo.lock(tx, workspaceId, datasetId))) throw datasetNotFound();
  const { base, dataset } = await findBase(deps, workspaceId, { datasetId, versionId }, tx);
  const record: ChangeRecord = { change, changed: 0, added: 0, removed: 0 };
  const next = await deps.changes.insertVersion(
    tx,
    {
      ...{ workspaceId, datasetId, parentId: base.id, record, sourceLabel: changeWords(change) },
      ...(await inherited(deps, tx, base, change)),
      createdById: actor.kind === 'user' ? actor.id : null,
      createdByLabel: actor.label,
    },
    status,
  );
  return { next: { ...next, base }, name: dataset.name };
}

/** How rows are told, and how the next import deals them out: as before, unless this change is about just that. */
async function inherited(deps: Deps, tx: Tx, base: BaseVersion, change: DatasetChange) {
  if (change.kind === 'resplit') {
    const { validationShare, holdoutShare, stratify, seed } = change;
    const splitPlan = { validationShare, holdoutShare, stratify };
    return { splitSeed: seed, splitPlan, rowsNumbered: base.rowsNumbered };
  }
  const old =
    change.kind === 'goBack' ? await deps.changeReads.version(base.datasetId, { number: change.number }, tx) : null;
  const { splitSeed, splitPlan, rowsNumbered } = old ?? base;
  return { splitSeed, splitPlan, rowsNumbered };
}
