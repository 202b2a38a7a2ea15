import { closeSync, openSync, readSync } from 'node:fs';
import type { FileLocation } from '@/integrations/storage/storage-port';
import { CHUNK_BYTES } from '../import/source-file';

/** The file was deleted since its place was told. */
export class MissingFile extends Error {}

/** The bytes of a stored file, for who is done with a piece before asking for the next. @throws MissingFile */
export function readLocation(location: FileLocation): AsyncIterable<Uint8Array> {
  return 'path' in location ? readPath(location.path, location.bytes) : readAddress(location.url);
}

async function* readPath(path: string, bytes: number): AsyncGenerator<Uint8Array> {
  const file = openFile(path);
  try {
    const memory = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    for (let at = 0; at < bytes; ) {
      // Nobody but the reader of this file waits for this process, so there is no thread to spare.
      const size = readSync(file, memory, 0, Math.min(CHUNK_BYTES, bytes - at), at);
      if (size === 0) throw new Error(`The stored file ends after ${at} of ${bytes} bytes.`);
      at += size;
      yield memory.subarray(0, size);
    }
  } finally {
    closeSync(file);
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'ENOENT' ? new MissingFile(error.message) : error;
  }
}

async function* readAddress(url: string): AsyncGenerator<Uint8Array> {
  const response = await fetch(url);
  if (response.status === 404) throw new MissingFile('The storage does not know the file.');
  if (!response.ok || !response.body) throw new Error(`The storage answered with status ${response.status}.`);
  yield* response.body as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>;
}
