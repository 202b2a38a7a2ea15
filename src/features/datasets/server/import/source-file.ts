import { createHash } from 'node:crypto';
import type { FileRefusal } from './file-kind';
import { DamagedArchive, type Packing, packingOf, unpack } from './unpack';

/** Chunks are gathered to this size: fewer and larger writes to the database. */
export const CHUNK_BYTES = 1 << 20;
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

  /** @param open  gives the stored bytes; a piece is used up before the next one is asked for */
  constructor(
    private readonly open: () => AsyncIterable<Uint8Array>,
    private readonly maxUnpacked = MAX_UNPACKED_BYTES,
  ) {}

  /** Hex digest of the stored bytes; null unless all of them were read. */
  get sha256(): string | null {
    return this.complete ? this.hash.copy().digest('hex') : null;
  }

  /**
   * All chunks share one piece of memory: each is good until the next is asked for. Ending early closes the stored file.
   * @throws UnreadableFile for a damaged archive and for too much of it; what the storage says
   */
  async *chunks(): AsyncGenerator<Buffer> {
    const pieces = this.meter();
    const first = await pieces.next();
    if (first.done) return;
    const all = chain(first.value, pieces);
    const packing = packingOf(first.value);
    yield* gather(packing ? this.unpack(packing, copies(all)) : all);
  }

  private async *meter(): AsyncGenerator<Uint8Array> {
    for await (const piece of this.open()) {
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

async function* gather(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let filled = 0;
  for await (const piece of pieces) {
    if (filled === 0 && piece.byteLength === CHUNK_BYTES) {
      yield Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      continue;
    }
    for (let from = 0; from < piece.byteLength; ) {
      const take = Math.min(piece.byteLength - from, CHUNK_BYTES - filled);
      chunk.set(piece.subarray(from, from + take), filled);
      filled += take;
      from += take;
      if (filled < CHUNK_BYTES) continue;
      yield chunk;
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}

/** What unpacks may not be done with a piece when it asks for the next. */
async function* copies(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield new Uint8Array(piece);
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
