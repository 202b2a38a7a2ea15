import fs from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { badRequest } from '../http/api-error';
import type { FileObject, FileStore } from './file-store';

/** Larger files are refused: this trainer would need hours for them. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

interface ReceivedFile {
  readonly filename: string;
  readonly written: Promise<void>;
  readonly tooLarge: () => boolean;
}

/**
 * Streams the file of a multipart request (`file`, `purpose`) to disk and stores it. Throws a 400 `ApiError` when a
 * field is missing or wrong, or the file is too large; nothing is left behind then.
 */
export async function receiveUpload(request: IncomingMessage, store: FileStore): Promise<FileObject> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) throw badRequest('Send the file as multipart/form-data.', 'file');
  const temporary = store.temporaryPath();
  try {
    const { file, fields } = await readForm(request, type, temporary);
    if (!file) throw badRequest('The form has no file. Add it as the field "file".', 'file');
    if (file.tooLarge()) throw badRequest(`The file is larger than ${MAX_FILE_BYTES} bytes.`, 'file', 'file_too_large');
    if (fields.get('purpose') !== 'fine-tune') throw badRequest('The purpose must be "fine-tune".', 'purpose');
    if (fs.statSync(temporary).size === 0) throw badRequest('The file is empty.', 'file');
    return store.adopt(temporary, file.filename, 'fine-tune');
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

async function readForm(request: IncomingMessage, type: string, temporary: string) {
  const fields = new Map<string, string>();
  let file: ReceivedFile | undefined;
  const form = Busboy({
    headers: { ...request.headers, 'content-type': type },
    limits: { files: 1, fileSize: MAX_FILE_BYTES, fields: 20, fieldSize: 4096 },
  });
  form.on('field', (name, value) => fields.set(name, value));
  form.on('file', (_name, stream, filename) => {
    const written = pipeline(stream, fs.createWriteStream(temporary));
    written.catch(() => undefined);
    file = { filename: filename || 'upload.jsonl', written, tooLarge: () => stream.truncated === true };
  });
  try {
    await pipeline(request, form);
  } catch (error) {
    throw badRequest(`The form could not be read: ${error instanceof Error ? error.message : String(error)}`, 'file');
  }
  const received = file as ReceivedFile | undefined;
  await received?.written;
  return { file: received, fields };
}
