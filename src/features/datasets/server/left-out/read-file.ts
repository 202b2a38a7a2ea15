import type { Actor } from '@/lib/actor';
import { datasetNotFound, fileGone, versionNotFound } from '../../dataset.errors';
import type { DatasetDeps } from '../dataset.service';
import type { ExportedFile } from '../export/export-version';

type Deps = Pick<DatasetDeps, 'repo' | 'storage' | 'exports'>;

/**
 * The file of a version as it was uploaded, whatever became of it: with what was left out and what no example has room for.
 * @throws not_found `datasets.not_found`, `datasets.version_not_found`; precondition_failed `datasets.file_gone`
 */
export const readFile =
  ({ repo, storage, exports }: Deps) =>
  async (actor: Actor, { datasetId, number }: { datasetId: string; number: number }): Promise<ExportedFile> => {
    actor.require('datasets:read');
    if (!(await repo.find(actor.workspaceId, datasetId))) throw datasetNotFound();
    const id = await exports.versionId(datasetId, number);
    const version = id === null ? null : await repo.findVersion(actor.workspaceId, datasetId, id);
    if (!version) throw versionNotFound();
    const { fileKey, fileName, sha256 } = version;
    if (!fileKey) throw fileGone();
    const bytes = await storage.size(fileKey);
    return {
      fileName: fileName ?? 'data.jsonl',
      contentType: 'application/octet-stream',
      digest: sha256 === null ? null : { bytes, sha256 },
      body: await storage.read(fileKey),
    };
  };
