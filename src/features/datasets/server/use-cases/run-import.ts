import { AppError } from '@/lib/app-error';
import { logger } from '@/platform/logger/logger';
import type { ImportProgress } from '../../dataset.schema';
import type { DatasetDeps } from '../dataset.service';
import { refusedOutcome } from '../import/refused-outcome';
import { UnreadableFile } from '../import/source-file';
import type { ImportClaim } from '../import.repository';
import { readInProcess } from '../import-process/import-process';
import { startHeartbeat } from './import-heartbeat';

type Deps = Pick<DatasetDeps, 'imports' | 'storage' | 'repo' | 'clock'>;

/**
 * Reads, checks, counts and stores the file of a version: all of its rows in one transaction, so whatever breaks, no row is
 * there twice. Safe to repeat; the newest call wins and an older one stops within a second without a trace. Bad files end
 * the version as `failed`; only faults that another try may cure are thrown.
 */
export const runImport =
  (deps: Deps) =>
  async (workspaceId: string, versionId: string): Promise<{ status: string; rows: number }> => {
    const { imports, repo, clock } = deps;
    const startedAt = clock.now().toISOString();
    const progress: ImportProgress = { bytes: 0, totalBytes: 0, rows: 0, problems: 0, startedAt };
    const claim = await imports.claim(workspaceId, versionId, progress);
    if (claim) {
      progress.totalBytes = claim.totalBytes;
      await repo.announce(undefined, workspaceId, claim.datasetId);
      await readFile(deps, claim, progress);
      await repo.announce(undefined, workspaceId, claim.datasetId);
    }
    const state = await imports.state(workspaceId, versionId);
    return { status: state?.status ?? 'deleted', rows: state?.rows ?? 0 };
  };

async function readFile(deps: Deps, claim: ImportClaim, progress: ImportProgress): Promise<void> {
  const { imports, repo } = deps;
  const heart = startHeartbeat(async () => {
    const alive = await imports.beat(claim, progress);
    if (alive) await repo.announce(undefined, claim.workspaceId, claim.datasetId);
    return alive;
  });
  try {
    await readAndStore(deps, claim, progress, heart.signal);
  } catch (error) {
    // Cancelled, or taken over: whoever did that has already said what is true now.
    if (heart.signal.aborted) return;
    const final = finalReason(error);
    if (final === null) throw error;
    const outcome = error instanceof UnreadableFile ? refusedOutcome(error.refusal) : undefined;
    await imports.fail(claim, final, outcome && { outcome });
  } finally {
    heart.stop();
  }
}

async function readAndStore(deps: Deps, claim: ImportClaim, progress: ImportProgress, signal: AbortSignal) {
  const { imports, storage } = deps;
  if (claim.fileKey === null) throw new UnreadableFile({ code: 'empty_file', message: 'This version has no file.' });
  const { fileKey } = claim;
  const order = async () => ({ databaseUrl: imports.databaseUrl(), claim, location: await storage.location(fileKey) });
  const report = await readInProcess(signal, order, (step) => Object.assign(progress, step));
  const { outcome, sha256, bytes } = report;
  const { datasetId, versionId } = claim;
  const { rows, rejectedRows, refusal } = outcome;
  if (refusal !== null) await imports.fail(claim, refusal, { outcome, sha256 });
  logger.info({ datasetId, versionId, rows, rejectedRows, refusal, bytes }, 'file read');
}

/** Words for what no further try can cure; null for the rest. */
function finalReason(error: unknown): string | null {
  if (error instanceof UnreadableFile) return error.refusal.message;
  if (error instanceof AppError && error.kind === 'not_found') return error.message;
  return null;
}
