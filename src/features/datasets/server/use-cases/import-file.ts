import { fileNotFound } from '@/integrations/storage/storage-errors';
import type { Actor } from '@/lib/actor';
import type { Tx } from '@/lib/transaction';
import { uploadNameProblem } from '@/lib/upload-file';
import { datasetNotFound, fileRefused } from '../../dataset.errors';
import { freeName, nameFromFile } from '../../dataset.rules';
import type { ImportFileInput, ImportStarted } from '../../dataset.schema';
import type { FormatChoice } from '../../formats/format.schema';
import { importEvent } from '../dataset.events';
import type { DatasetDeps } from '../dataset.service';

export type ImportDeps = Pick<DatasetDeps, 'repo' | 'storage' | 'outbox' | 'inTransaction' | 'clock'>;

export interface StoredFile {
  key: string;
  name: string;
  bytes: number;
}

export interface ImportTarget {
  datasetId?: string | undefined;
  name?: string | undefined;
  /** What it is called, or nearly so, when there is no `name`; left out: like its file. */
  suggestedName?: string | undefined;
  source: string;
  sourceLabel?: string | undefined;
  /** Left out: found out when the file is read. */
  format?: FormatChoice | undefined;
}

/**
 * Starts the import of an uploaded file. The same key twice is one import.
 * @throws invalid_input `datasets.file_refused`; not_found `storage.not_found`, `datasets.not_found`
 */
export const importFile =
  (deps: ImportDeps) =>
  async (actor: Actor, input: ImportFileInput & { source?: 'upload' | 'api' }): Promise<ImportStarted> => {
    actor.require('datasets:write');
    const problem = uploadNameProblem(input.fileName);
    if (problem) throw fileRefused(problem);
    const known = await startedBefore(deps, actor, input.fileKey);
    if (known) return known;
    const bytes = await deps.storage.size(input.fileKey);
    const file = { key: input.fileKey, name: input.fileName, bytes };
    const { datasetId, name, format, source = 'upload' } = input;
    return startImport(deps, actor, file, { datasetId, name, format, source });
  };

/** A file that another workspace imported does not exist here: its key says nothing about who may read it. */
async function startedBefore({ repo }: ImportDeps, actor: Actor, key: string): Promise<ImportStarted | null> {
  const known = await repo.findByFileKey(key);
  if (!known) return null;
  if (known.workspaceId !== actor.workspaceId) throw fileNotFound();
  return { datasetId: known.datasetId, versionId: known.id };
}

/** Writes dataset, version and the event that starts the reading, all of them or none. */
export async function startImport(
  deps: ImportDeps,
  actor: Actor,
  file: StoredFile,
  { datasetId, name, suggestedName = nameFromFile(file.name), source, sourceLabel, format }: ImportTarget,
): Promise<ImportStarted> {
  const { repo, inTransaction, outbox, clock } = deps;
  const { workspaceId } = actor;
  const createdById = actor.kind === 'user' ? actor.id : null;
  const started = await inTransaction(async (tx) => {
    if (datasetId !== undefined && !(await repo.lock(tx, workspaceId, datasetId))) throw datasetNotFound();
    const id = datasetId ?? (await repo.insert(tx, { workspaceId, name: await chosenName(tx), createdById })).id;
    const version = await repo.insertVersion(tx, {
      ...{ workspaceId, datasetId: id, source, sourceLabel: sourceLabel ?? null },
      ...{ fileKey: file.key, fileName: file.name, bytes: file.bytes, format: format ?? null },
      ...{ createdById, createdByLabel: actor.label },
    });
    if (!version) throw new Clash();
    await repo.touch(tx, id, clock.now());
    await outbox(tx, importEvent(workspaceId, version.id, version.attempt));
    await repo.announce(tx, workspaceId, id);
    return { datasetId: id, versionId: version.id };
  }).catch((error: unknown) => {
    if (error instanceof Clash) return startedBefore(deps, actor, file.key);
    throw error;
  });
  if (!started) throw fileNotFound();
  return started;

  /** A name that somebody gave is theirs; one that is only suggested should tell the dataset from the others. */
  async function chosenName(tx: Tx): Promise<string> {
    if (name !== undefined) return name;
    // Begins like the shortest one that may come of it.
    const taken = await repo.namesLike(tx, workspaceId, [...suggestedName].slice(0, COMPARED).join(''));
    return freeName(suggestedName, taken);
  }
}

const COMPARED = 100;

/** Two requests imported one file in the same moment: the second rolls back and answers with the first one's import. */
class Clash extends Error {}
