import { createHash } from 'node:crypto';
import { addAbortSignal, type Readable } from 'node:stream';
import type { StoragePort } from '@/integrations/storage/storage-port';
import type { FileRefusal } from './file-kind';
import { DamagedArchive, type Packing, packingOf, unpack } from './unpack';

/** Chunks are gathered to this size, so that a message to the worker is worth its price. */
const CHUNK_BYTES = 1 << 20;
/** An archive of a few megabytes can unpack to terabytes. */
const MAX_UNPACKED_BYTES = 4 * 1024 ** 3;

/** The file cannot be read to its end, whatever is tried: the version fails with these words. */
export class UnreadableFile extends Error {
  constructor(readonly refusal: FileRefusal) {
    super(refusal.message);
  }
}

/** A stored file as chunks of about 1 MB, unpacked when it is gzip or zstd. Counts and hashes the stored bytes on the way. */
export class SourceFile {
  /** Stored (packed) bytes read so far. */
  bytes = 0;
  private readonly hash = createHash('sha256');
  private complete = false;

  constructor(
    private readonly storage: Pick<StoragePort, 'read'>,
    private readonly key: string,
    private readonly maxUnpacked = MAX_UNPACKED_BYTES,
  ) {}

  /** Hex digest of the stored bytes; null unless all of them were read. */
  get sha256(): string | null {
    return this.complete ? this.hash.copy().digest('hex') : null;
  }

  /**
   * Each chunk has memory of its own and may be given to another thread. Ending early closes the stored file.
   * @throws UnreadableFile for a damaged archive and for too much of it; AppError of the storage
   */
  async *chunks(signal: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const stored = addAbortSignal(signal, await this.storage.read(this.key));
    const pieces = this.meter(stored);
    const first = await pieces.next();
    if (first.done) return;
    const all = chain(first.value, pieces);
    const packing = packingOf(first.value);
    yield* gather(packing ? this.unpack(packing, all) : all);
  }

  private async *meter(stored: Readable): AsyncGenerator<Uint8Array> {
    for await (const piece of stored as AsyncIterable<Uint8Array>) {
      this.bytes += piece.byteLength;
      this.hash.update(piece);
      yield piece;
    }
    this.complete = true;
  }

  private async *unpack(packing: Packing, packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let unpacked = 0;
    try {
      for await (const piece of unpack(packing, packed)) {
        unpacked += piece.byteLength;
        if (unpacked > this.maxUnpacked) throw tooLarge(this.maxUnpacked);
        yield piece;
      }
    } catch (error) {
      throw error instanceof DamagedArchive ? damaged(packing) : error;
    }
  }
}

async function* chain(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

async function* gather(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let chunk = new Uint8Array(CHUNK_BYTES);
  let filled = 0;
  for await (const piece of pieces) {
    for (let from = 0; from < piece.byteLength; ) {
      const take = Math.min(piece.byteLength - from, CHUNK_BYTES - filled);
      chunk.set(piece.subarray(from, from + take), filled);
      filled += take;
      from += take;
      if (filled < CHUNK_BYTES) continue;
      yield chunk;
      chunk = new Uint8Array(CHUNK_BYTES);
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.slice(0, filled);
}

const damaged = (packing: Packing) =>
  new UnreadableFile({
    code: 'broken_archive',
    message: `The ${packing} file is damaged or cut off, so it cannot be unpacked to its end.`,
  });

const tooLarge = (max: number) =>
  new UnreadableFile({
    code: 'unpacked_too_large',
    message: `The file unpacks to more than ${Math.round(max / 1024 ** 2)} MB, the most that is read.`,
  });
