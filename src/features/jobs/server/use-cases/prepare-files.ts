import type { TrainingProvider } from '@/integrations/training/training-port';
import { logger } from '@/platform/logger/logger';
import { isEnded } from '../../job.rules';
import type { JobRow } from '../job.repository';
import type { JobDeps } from '../job.service';
import { applyFact } from '../job-moves';
import { explain, mayPass, waitOf } from '../provider-words';
import { releaseHold } from './settle-job';

/** A provider that does not take files for so long is not going to. */
const PATIENCE_MS = 30 * 60_000;
/** While a large file is on its way the run gives a sign of life so often, or the reconciliation would start another. */
const BEAT_MS = 60_000;

export interface StepResult {
  status: string;
  /** Come again after so long; null = this phase is over. */
  waitMs: number | null;
}

type Deps = Pick<JobDeps, 'repo' | 'providers' | 'datasets' | 'budgets' | 'inTransaction' | 'clock'>;

const files = [
  { split: 'train', column: 'trainingFileId', label: 'training' },
  { split: 'validation', column: 'validationFileId', label: 'validation' },
] as const;

/** Hands the training and validation split to the provider. Held-out examples are never sent. */
export const prepareFiles =
  (deps: Deps) =>
  async (jobId: string): Promise<StepResult> => {
    const job = await deps.repo.find(jobId);
    if (job?.status !== 'preparing') return { status: job?.status ?? 'deleted', waitMs: null };
    await deps.repo.change(undefined, jobId, { heartbeatAt: deps.clock.now() });
    try {
      const { training } = await deps.providers.open(job.workspaceId, job.connectionId);
      const data = await deps.datasets.snapshot(job.workspaceId, job.datasetVersionId);
      for (const file of files) {
        if (file.split === 'validation' && data.validationRows === 0) continue;
        if (job[file.column] === null) await upload(deps, job, training, file);
      }
      return await finish(deps, jobId);
    } catch (error) {
      return couldNot(deps, job, error);
    }
  };

async function upload(
  deps: Deps,
  job: JobRow,
  training: TrainingProvider,
  file: (typeof files)[number],
): Promise<void> {
  const { repo, datasets, inTransaction, clock } = deps;
  const rows = `${file.label} examples`;
  // The intent comes first, so that a file which nobody recorded is at least known to be possible.
  await inTransaction((tx) =>
    repo.append(tx, job, [{ type: 'message', message: `Sending the ${rows} to the provider.` }]),
  );
  const { fileId } = await training.uploadFile({
    name: `${job.launchToken}-${file.split}.jsonl`,
    content: beating(deps, job.id, datasets.splitFile(job.workspaceId, job.datasetVersionId, file.split)),
  });
  const kept = await inTransaction(async (tx) => {
    const now = await repo.lock(tx, job.id);
    if (now?.status !== 'preparing' || now[file.column] !== null) return false;
    await repo.change(tx, job.id, { [file.column]: fileId, heartbeatAt: clock.now() });
    await repo.append(tx, job, [{ type: 'message', message: `The provider has the ${rows}.`, data: { fileId } }]);
    return true;
  });
  // Another process was faster, or the job was cancelled meanwhile: nobody will use this copy.
  if (!kept)
    await training.deleteFile(fileId).catch((error) => logger.warn({ err: String(error), fileId }, 'file left behind'));
}

async function* beating({ repo, clock }: Deps, jobId: string, pieces: AsyncIterable<Buffer>) {
  let last = clock.now().getTime();
  for await (const piece of pieces) {
    yield piece;
    const now = clock.now();
    if (now.getTime() - last < BEAT_MS) continue;
    last = now.getTime();
    await repo.change(undefined, jobId, { heartbeatAt: now });
  }
}

function finish(deps: Deps, jobId: string): Promise<StepResult> {
  return deps.inTransaction(async (tx) => {
    const job = await deps.repo.lock(tx, jobId);
    if (!job) return { status: 'deleted', waitMs: null };
    const to = job.trainingFileId ? await applyFact(deps, tx, job, { fact: 'prepared' }) : null;
    return { status: to ?? job.status, waitMs: null };
  });
}

async function couldNot(deps: Deps, job: JobRow, error: unknown): Promise<StepResult> {
  await deps.providers.noteFailure(job.workspaceId, job.connectionId, error).catch(() => undefined);
  const ageMs = deps.clock.now().getTime() - (job.preparingAt ?? job.createdAt).getTime();
  const wait = mayPass(error) && ageMs < PATIENCE_MS;
  return deps.inTransaction(async (tx) => {
    const now = await deps.repo.lock(tx, job.id);
    if (now?.status !== 'preparing') return { status: now?.status ?? 'deleted', waitMs: null };
    const problem = explain(error, 'Handing the files to the provider');
    if (wait) {
      await deps.repo.append(tx, now, [
        {
          type: 'warning',
          level: 'warn',
          message: `${problem.message} Trying again.`,
          data: { reason: problem.reason },
        },
      ]);
      return { status: now.status, waitMs: waitOf(error, Math.min(60_000, 2000 + Math.ceil(ageMs / 4))) };
    }
    await applyFact(deps, tx, now, { fact: 'refused', change: { error: problem as object }, message: problem.message });
    await releaseHold(deps, tx, now, 'The job failed before anything was launched');
    return { status: 'failed', waitMs: null };
  });
}

/** Files have no use after the end. While it is unknown whether a job runs, they stay. */
export const deleteFiles =
  ({ repo, providers }: Pick<JobDeps, 'repo' | 'providers'>) =>
  async (jobId: string): Promise<{ deleted: number }> => {
    const job = await repo.find(jobId);
    const ids = [job?.trainingFileId, job?.validationFileId].filter((id) => typeof id === 'string');
    if (!job || !isEnded(job.status) || ids.length === 0) return { deleted: 0 };
    const { training } = await providers.open(job.workspaceId, job.connectionId);
    for (const id of ids) await training.deleteFile(id);
    return { deleted: ids.length };
  };
