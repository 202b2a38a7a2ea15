import { AppError } from '@/lib/app-error';
import { logger } from '@/platform/logger/logger';
import { changeRecord } from '../../change.schema';
import type { ImportProgress } from '../../dataset.schema';
import type { DatasetDeps } from '../dataset.service';
import type { ImportClaim } from '../import.repository';
import { type PlaceDeps, withPlace } from '../left-out/find-left-out';
import { startHeartbeat } from '../use-cases/import-heartbeat';
import { applyChange } from './apply-change';
import { checkRows } from './check-rows';

type Deps = PlaceDeps & Pick<DatasetDeps, 'imports' | 'changes' | 'changeReads' | 'inLongTransaction' | 'clock'>;

/**
 * The durable step of a large change: all of its rows in one transaction, so whatever breaks, no row is there twice. Safe to
 * repeat; the newest call wins and an older one stops within a second without a trace. A change that cannot be made ends
 * the version as `failed` and says why; only faults that another try may cure are thrown.
 */
export const runChange =
  (deps: Deps) =>
  async (workspaceId: string, versionId: string): Promise<{ status: string; rows: number }> => {
    const { imports, repo, clock } = deps;
    const startedAt = clock.now().toISOString();
    const progress: ImportProgress = { bytes: 0, totalBytes: 0, rows: 0, problems: 0, startedAt };
    const claim = await imports.claim(workspaceId, versionId, progress);
    if (claim) {
      await repo.announce(undefined, workspaceId, claim.datasetId);
      await changeRows(deps, claim, progress);
      await repo.announce(undefined, workspaceId, claim.datasetId);
    }
    const state = await imports.state(workspaceId, versionId);
    return { status: state?.status ?? 'deleted', rows: state?.rows ?? 0 };
  };

async function changeRows(deps: Deps, claim: ImportClaim, progress: ImportProgress): Promise<void> {
  const { imports, repo, changeReads, inLongTransaction } = deps;
  const { workspaceId, datasetId, versionId } = claim;
  const heart = startHeartbeat(async () => {
    const alive = await imports.beat(claim, progress);
    if (alive) await repo.announce(undefined, workspaceId, datasetId);
    return alive;
  });
  const { signal } = heart;
  try {
    const version = await changeReads.version(datasetId, { id: versionId });
    const base = version?.parentId ? await changeReads.version(datasetId, { id: version.parentId }) : null;
    const record = changeRecord.safeParse(version?.change);
    if (!base || !record.success) throw new Error(`Version ${versionId} does not say what it was made from.`);
    const { change } = record.data;
    progress.totalRows = base.rows;
    const { place } = await withPlace(deps, workspaceId, { datasetId, versionId: base.id, change });
    const made = await inLongTransaction(async (tx) => {
      const next = { id: versionId, number: claim.number, attempt: claim.attempt };
      const done = await applyChange(deps, {
        ...{ tx, base, next, change, place, check: checkRows(signal) },
        onRows: (rows) => {
          signal.throwIfAborted();
          progress.rows = rows;
        },
      });
      if (!done) throw new Superseded();
      return done;
    });
    logger.info({ datasetId, versionId, kind: change.kind, ...counts(made) }, 'dataset changed');
  } catch (error) {
    // Cancelled, or taken over: whoever did that has already said what is true now.
    if (heart.signal.aborted || error instanceof Superseded) return;
    if (!(error instanceof AppError)) throw error;
    await imports.fail(claim, error.message);
  } finally {
    heart.stop();
  }
}

const counts = ({ changed, added, removed }: { changed: number; added: number; removed: number }) => ({
  ...{ changed, added, removed },
});

class Superseded extends Error {}
