import { createHash, randomBytes } from 'node:crypto';
import { access, constants, mkdir } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { AppError } from '@/lib/app-error';
import { MAX_UPLOAD_BYTES } from '@/lib/upload-file';
import { fileNotFound, fileTooLarge, storageFull, storageUnavailable, unreadableContent } from '../storage-errors';
import type { ByteRange, FileLocation, FileToWrite, StorageHealth, StoragePort, WrittenFile } from '../storage-port';
import { readUrl, rootRelative } from './address';
import type { DiskSpace } from './disk-space';
import type { FileStore } from './file-store';
import { diskFailure, IngestError } from './ingest-error';
import { PartWriter } from './part-writer';
import { openBytes } from './serve-file';
import { signUrl } from './signed-url';

const READ_URL_MS = 5 * 60_000;
/** How much of a file of unknown size is written before the free space is looked at again. */
const LOOK_EVERY = 64 * 1024 ** 2;

interface StorageCredentials {
  apiKey: string;
  appId: string;
}

/** The app's own disk behind the storage port. */
export class EmbeddedStorage implements StoragePort {
  readonly kind = 'embedded';
  private readonly store: FileStore;
  private readonly space: DiskSpace;
  private readonly identity: () => StorageCredentials;

  constructor(options: { store: FileStore; space: DiskSpace; identity: () => StorageCredentials }) {
    this.store = options.store;
    this.space = options.space;
    this.identity = options.identity;
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    const size = await this.size(key);
    return openBytes(this.store, key, range?.start ?? 0, Math.min(size, range?.end ?? size)).catch(translate);
  }

  async location(key: string): Promise<FileLocation> {
    return { path: this.store.path(key, 'data'), bytes: await this.size(key) };
  }

  async size(key: string): Promise<number> {
    const record = await this.store.record(key).catch(translate);
    if (!record) throw fileNotFound();
    return record.size;
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.store.remove(key).catch(translate);
  }

  async write({ name, body, maxBytes = MAX_UPLOAD_BYTES }: FileToWrite): Promise<WrittenFile> {
    const key = `own${randomBytes(20).toString('hex')}`;
    try {
      await this.space.require(1);
      await this.store.ready(key);
      const { size, sha256 } = await this.writeBytes(key, body, maxBytes);
      const about = { key, name, size, type: 'blob', customId: null, acl: null, md5: null };
      await this.store.finish({ ...about, uploadedAt: Date.now() });
      return { key, name, bytes: size, sha256 };
    } catch (error) {
      await this.store.dropPart(key).catch(() => undefined);
      if (error instanceof IngestError && error.status === 413) throw fileTooLarge(maxBytes);
      return translate(error);
    }
  }

  async signedReadUrl(key: string): Promise<string> {
    await this.size(key);
    const { apiKey, appId } = this.identity();
    return rootRelative(signUrl(readUrl(appId, key), apiKey, Date.now() + READ_URL_MS));
  }

  async health(): Promise<StorageHealth> {
    try {
      await mkdir(this.store.dir, { recursive: true, mode: 0o700 });
      await access(this.store.dir, constants.W_OK);
      const [freeBytes, usedBytes] = await Promise.all([this.space.available(), this.space.used()]);
      if (freeBytes > 0) return { writable: true, freeBytes, usedBytes };
      return { writable: false, freeBytes, usedBytes, problem: storageFull().message };
    } catch (error) {
      return { writable: false, freeBytes: null, usedBytes: null, problem: diskFailure(error).message };
    }
  }

  private async writeBytes(key: string, body: AsyncIterable<Uint8Array>, limit: number) {
    const file = await this.store.openPart(key);
    const hash = createHash('sha256');
    try {
      const writer = new PartWriter({ file, hash, limit, turn: null });
      let looked = 0;
      for await (const chunk of body) {
        await writer.write(chunk);
        if (writer.position - looked < LOOK_EVERY) continue;
        looked = writer.position;
        await this.space.require(1);
      }
      const sha256 = await writer.seal();
      return { size: writer.position, sha256 };
    } finally {
      await file.close();
    }
  }
}

/** What the disk says, in the port's words. What a body itself threw is its own affair. */
function translate(error: unknown): never {
  if (error instanceof AppError) throw error;
  const failure = diskFailure(error);
  if (failure.status === 404) throw fileNotFound();
  if (failure.status === 415) throw unreadableContent(failure.message);
  if (failure.status === 507) throw storageFull(failure.cause);
  throw storageUnavailable(error);
}
