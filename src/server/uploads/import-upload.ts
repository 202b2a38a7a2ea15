import 'server-only';
import { z } from 'zod';
import { type DatasetService, importFileInput } from '@/features/datasets/server';
import { type Actor, makeActor } from '@/lib/actor';
import { newId } from '@/lib/new-id';
import { roles } from '@/lib/permissions';
import { errorTable, toAppError } from '@/platform/errors/error-table';
import { logger } from '@/platform/logger/logger';

const target = importFileInput.pick({ datasetId: true, name: true, format: true });

/** What travels with an upload, signed, and comes back when the file is complete. */
const uploadMetadata = z.object({
  uploader: z.object({
    kind: z.enum(['user', 'api_key', 'system']),
    id: z.string().nullable(),
    label: z.string(),
    workspaceId: z.string(),
    role: z.enum(roles),
  }),
  target,
});

export function metadataOf(actor: Actor, input: z.infer<typeof target>): z.infer<typeof uploadMetadata> {
  const { kind, id, label, workspaceId, role } = actor;
  return { uploader: { kind, id, label, workspaceId, role }, target: given(input) };
}

/** What the browser gets when the bytes are there. `problem` is final: sending the same file again would not help. */
export type UploadOutcome = { datasetId: string; versionId: string } | { problem: string };

/**
 * Starts the import of a complete file, for whoever began the upload; may be called again for the same key. Throws where trying
 * again may help: the storage keeps the file and the browser repeats.
 */
export async function importUpload(
  importFile: DatasetService['importFile'],
  metadata: unknown,
  file: { key: string; name: string },
): Promise<UploadOutcome> {
  const requestId = newId();
  try {
    const { uploader, target: into } = uploadMetadata.parse(metadata);
    // The permission was asked for before the address was signed, and an address lives for hours only.
    const actor = makeActor({ ...uploader, allowed: ['datasets:read', 'datasets:write'] });
    const input = { fileKey: file.key, fileName: file.name, source: 'upload' as const, ...given(into) };
    const { datasetId, versionId } = await importFile(actor, input);
    return { datasetId, versionId };
  } catch (error) {
    const app = toAppError(error, requestId);
    const line = { requestId, reason: app.reason, key: file.key, err: app.kind === 'internal' ? app.cause : undefined };
    logger[errorTable[app.kind].log](line, 'an uploaded file could not be imported');
    if (errorTable[app.kind].background === 'retry') throw error;
    return { problem: app.message };
  }
}

/** Only what was said: an absent name is not an undefined one. */
const given = ({ datasetId, name, format }: z.infer<typeof target>) => ({
  ...(datasetId !== undefined && { datasetId }),
  ...(name !== undefined && { name }),
  ...(format !== undefined && { format }),
});
