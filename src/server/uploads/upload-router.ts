import 'server-only';
import { createHash } from 'node:crypto';
import { createUploadthing, type FileRouter, UTFiles } from 'uploadthing/next';
import { UploadThingError } from 'uploadthing/server';
import { z } from 'zod';
import { type DatasetService, importFileInput } from '@/features/datasets/server';
import type { Actor } from '@/lib/actor';
import { MAX_UPLOAD_SIZE, uploadFileProblem } from '@/lib/upload-file';
import { importUpload, metadataOf } from './import-upload';

interface Deps {
  /** Who asks, by session or API key; null = nobody. */
  actorOf: (headers: Headers) => Promise<Actor | null>;
  /** Bytes a file may still take; null = the storage does not say. */
  freeBytes: () => Promise<number | null>;
  importFile: DatasetService['importFile'];
}

const uploadInput = importFileInput
  .pick({ datasetId: true, name: true, format: true })
  // Chosen by the client: the same id again goes on with the same upload, a new one uploads the same file anew.
  .extend({ uploadId: z.uuid() });

const f = createUploadthing({ errorFormatter: (error) => ({ message: wordsOf(error) }) });

/** The files that may be uploaded, who may, and what becomes of them. */
export const createUploadRouter = (deps: Deps) =>
  ({
    dataset: f(
      // .jsonl has no MIME type, so UploadThing knows it as a blob; names are checked in the middleware.
      { blob: { maxFileSize: MAX_UPLOAD_SIZE, maxFileCount: 1, acl: 'private' } },
      // The type of a file lacks the custom id that it has at run time. Same custom id, same key: that is what resumes.
      { getFileHashParts: (file) => [(file as { customId?: string }).customId], presignedURLTTL: '12h' },
    )
      .input(uploadInput)
      .middleware(async ({ req, files, input }) => {
        const actor = await uploaderOf(deps, req.headers);
        const [file] = files;
        if (!file || files.length > 1) throw refusal('Upload one file at a time.');
        const problem = uploadFileProblem(file) ?? (await spaceProblem(deps, file.size));
        if (problem) throw refusal(problem);
        const customId = customIdOf(actor, file, input.uploadId);
        // The custom id stands in the metadata too: the embedded storage compares it when two uploads meet at one key.
        return { ...metadataOf(actor, input), customId, [UTFiles]: [{ ...file, customId }] };
      })
      .onUploadComplete(({ metadata, file }) => importUpload(deps.importFile, metadata, file)),
  }) satisfies FileRouter;

export type UploadRouter = ReturnType<typeof createUploadRouter>;

async function uploaderOf({ actorOf }: Deps, headers: Headers): Promise<Actor> {
  const actor = await actorOf(headers);
  if (!actor) throw new UploadThingError({ code: 'FORBIDDEN', message: 'Please sign in again, then upload the file.' });
  try {
    actor.require('datasets:write');
  } catch (error) {
    throw new UploadThingError({ code: 'FORBIDDEN', message: error instanceof Error ? error.message : 'Not allowed.' });
  }
  return actor;
}

/** Said before a byte is sent. The storage looks again when the bytes arrive. */
async function spaceProblem({ freeBytes }: Deps, size: number): Promise<string | null> {
  const free = await freeBytes();
  if (free === null || free >= size) return null;
  return 'The storage has no room for this file. Delete datasets that are no longer needed or free disk space, then try again.';
}

/** Whose file it is stands in front; the rest is hashed because UploadThing limits the length. */
function customIdOf(
  actor: Actor,
  file: { name: string; size: number; lastModified?: number | undefined },
  uploadId: string,
) {
  const parts = [actor.kind, actor.id, uploadId, file.name, file.size, file.lastModified ?? 0];
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
  return `${actor.workspaceId}.${hash}`;
}

function refusal(message: string): UploadThingError {
  return new UploadThingError({ code: 'BAD_REQUEST', message });
}

/** The SDK says "Invalid input" and hides what zod found in the cause. */
function wordsOf(error: UploadThingError): string {
  if (!(error.cause instanceof z.ZodError)) return error.message;
  return error.cause.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join(' ');
}
