import { buffer } from 'node:stream/consumers';
import type { Actor } from '@/lib/actor';
import { datasetNotFound, fileGone, versionNotFound } from '../../dataset.errors';
import { fittingName } from '../../dataset.rules';
import type { DatasetDeps } from '../dataset.service';
import type { ExportedFile } from '../export/export-version';
import { packingOf } from '../import/unpack';

/** By so many bytes it is told how a file is packed. */
const SIGNATURE_BYTES = 4;

type Deps = Pick<DatasetDeps, 'repo' | 'storage' | 'exports'>;

/**
 * The file of a version as it was uploaded, whatever became of it: with what was left out and what no example has room for.
 * Only its name may have another ending, when the bytes are not what it says.
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
    const start = await buffer(await storage.read(fileKey, { start: 0, end: SIGNATURE_BYTES }));
    return {
      fileName: fittingName(fileName ?? 'data.jsonl', packingOf(start)),
      contentType: 'application/octet-stream',
      digest: sha256 === null ? null : { bytes, sha256 },
      body: await storage.read(fileKey),
    };
  };
