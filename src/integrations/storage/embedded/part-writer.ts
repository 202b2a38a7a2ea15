import type { Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { contentProblem } from '../content-check';
import { IngestError } from './ingest-error';
import type { WriterTurn } from './writer-turn';

const BATCH = 1024 ** 2;

/**
 * Writes content to a part from `position` on, a megabyte at a time, and keeps a hash of everything from byte 0.
 * `limit` is the most bytes the file may have; one more is refused with 413.
 */
export class PartWriter {
  position: number;
  private readonly file: FileHandle;
  private readonly hash: Hash;
  private readonly limit: number;
  private readonly turn: WriterTurn | null;
  private batch: Uint8Array[] = [];
  private batched = 0;

  constructor(options: { file: FileHandle; hash: Hash; limit: number; turn: WriterTurn | null }) {
    this.file = options.file;
    this.hash = options.hash;
    this.limit = options.limit;
    this.turn = options.turn;
    this.position = 0;
  }

  /** Cuts the part to `start` bytes and reads them once, for the hash. */
  async startAt(start: number): Promise<void> {
    if ((await this.file.stat()).size > start) await this.file.truncate(start);
    const buffer = Buffer.allocUnsafe(Math.min(BATCH, Math.max(1, start)));
    while (this.position < start) {
      const { bytesRead } = await this.file.read(buffer, 0, Math.min(BATCH, start - this.position), this.position);
      if (bytesRead === 0)
        throw new IngestError(500, 'The kept part of this upload could not be read back. Start again.');
      this.hash.update(buffer.subarray(0, bytesRead));
      this.position += bytesRead;
    }
  }

  async write(chunk: Uint8Array): Promise<void> {
    if (this.position + this.batched + chunk.byteLength > this.limit)
      throw new IngestError(413, 'More bytes came than the file was said to have. Start again with the whole file.');
    this.batch.push(chunk);
    this.batched += chunk.byteLength;
    if (this.batched >= BATCH) await this.flush();
  }

  /** Puts down what has been taken. Throws 415 when the file's first bytes are no data. */
  async flush(): Promise<void> {
    if (this.batched === 0) return;
    await this.turn?.check();
    const bytes = this.batch.length === 1 ? this.batch[0] : Buffer.concat(this.batch, this.batched);
    this.batch = [];
    this.batched = 0;
    if (!bytes) return;
    if (this.position === 0) {
      const problem = contentProblem(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      if (problem) throw new IngestError(415, problem);
    }
    // The disk takes the bytes while this thread hashes them.
    const writing = this.put(bytes);
    this.hash.update(bytes);
    await writing;
  }

  /** Everything on the disk for good. Returns the hash in hex. */
  async seal(): Promise<string> {
    await this.flush();
    await this.file.sync();
    return this.hash.digest('hex');
  }

  private async put(bytes: Uint8Array): Promise<void> {
    for (let written = 0; written < bytes.byteLength; ) {
      const { bytesWritten } = await this.file.write(bytes, written, bytes.byteLength - written, this.position);
      written += bytesWritten;
      this.position += bytesWritten;
    }
  }
}
