import { stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { storageFull } from '../storage-errors';
import type { FileStore } from './file-store';
import { IngestError, isMissing } from './ingest-error';

/** Left free for the database and everything else on the same disk. */
const RESERVE = 256 * 1024 ** 2;
const USAGE_FRESH_MS = 10_000;

/** Free bytes of the disk that a folder is on. Tests pass their own to fill a disk without filling one. */
export type FreeSpace = (dir: string) => Promise<number>;

export const freeSpaceOf: FreeSpace = async (dir) => {
  for (let at = path.resolve(/*turbopackIgnore: true*/ dir); ; at = path.dirname(at)) {
    try {
      const { bavail, bsize } = await statfs(at);
      return bavail * bsize;
    } catch (error) {
      if (!isMissing(error) || at === path.dirname(at)) throw error;
    }
  }
};

export class DiskSpace {
  private readonly store: FileStore;
  private readonly freeSpace: FreeSpace;
  private readonly quota: number | null;
  private usage: { bytes: number; at: number } | null = null;

  constructor(options: {
    store: FileStore;
    freeSpace?: FreeSpace | undefined;
    quotaBytes?: number | null | undefined;
  }) {
    this.store = options.store;
    this.freeSpace = options.freeSpace ?? freeSpaceOf;
    this.quota = options.quotaBytes ?? null;
  }

  /** Bytes that may still be taken without touching the reserve or the quota. Never negative. */
  async available(): Promise<number> {
    const onDisk = (await this.freeSpace(this.store.dir)) - RESERVE;
    const inQuota = this.quota === null ? onDisk : this.quota - (await this.measure());
    return Math.max(0, Math.min(onDisk, inQuota));
  }

  /** Throws IngestError 507 before bytes are taken that could not be kept. */
  async require(bytes: number): Promise<void> {
    if ((await this.available()) < bytes) throw new IngestError(507, storageFull().message);
  }

  /** Bytes in files, whole and partial; at most ten seconds old: health checks ask often. */
  async used(): Promise<number> {
    if (this.usage && Date.now() - this.usage.at < USAGE_FRESH_MS) return this.usage.bytes;
    return this.measure();
  }

  private async measure(): Promise<number> {
    let bytes = 0;
    for (const file of await this.store.files()) bytes += (await stat(file).catch(() => null))?.size ?? 0;
    this.usage = { bytes, at: Date.now() };
    return bytes;
  }
}
