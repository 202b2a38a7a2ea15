import { type FileHandle, open } from 'node:fs/promises';
import type { FileLocation } from '@/integrations/storage/storage-port';

const PIECE_BYTES = 256 * 1024;

/** The file was deleted since its place was told. */
export class MissingFile extends Error {}

/** The bytes of a stored file, for who is done with a piece before asking for the next. @throws MissingFile */
export function readLocation(location: FileLocation): AsyncIterable<Uint8Array> {
  return 'path' in location ? readPath(location.path, location.bytes) : readAddress(location.url);
}

async function* readPath(path: string, bytes: number): AsyncGenerator<Uint8Array> {
  const file = await openFile(path);
  try {
    const memory = Buffer.allocUnsafeSlow(PIECE_BYTES);
    for (let at = 0; at < bytes; ) {
      const { bytesRead } = await file.read(memory, 0, Math.min(PIECE_BYTES, bytes - at), at);
      if (bytesRead === 0) throw new Error(`The stored file ends after ${at} of ${bytes} bytes.`);
      at += bytesRead;
      yield memory.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

function openFile(path: string): Promise<FileHandle> {
  return open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new MissingFile(error.message) : error;
  });
}

async function* readAddress(url: string): AsyncGenerator<Uint8Array> {
  const response = await fetch(url);
  if (response.status === 404) throw new MissingFile('The storage does not know the file.');
  if (!response.ok || !response.body) throw new Error(`The storage answered with status ${response.status}.`);
  yield* response.body as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>;
}
