import { createHash, randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { UTApi, UTFile } from 'uploadthing/server';
import { AppError } from '@/lib/app-error';
import { MAX_UPLOAD_BYTES } from '@/lib/upload-file';
import { contentProblem } from '../content-check';
import { fileNotFound, fileTooLarge, storageUnavailable, unreadableContent } from '../storage-errors';
import type { ByteRange, FileLocation, FileToWrite, StorageHealth, StoragePort, WrittenFile } from '../storage-port';

const READ_URL_SECONDS = 300;

/** What `new UTApi()` takes: the token, and whatever differs from UploadThing's own hosts. */
export type UploadThingConfig = ConstructorParameters<typeof UTApi>[0] & { token: string };

/** UploadThing's cloud, or anything that speaks its protocol, behind the storage port. */
export class UploadThingStorage implements StoragePort {
  readonly kind = 'uploadthing';
  private readonly api: UTApi;
  private readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;

  constructor(config: UploadThingConfig) {
    this.api = new UTApi(config);
    this.fetch = (config.fetch as typeof fetch | undefined) ?? fetch;
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    const start = range?.start ?? 0;
    if (range?.end !== undefined && range.end <= start) return Readable.from([]);
    const last = range?.end === undefined ? '' : String(range.end - 1);
    const response = await this.get(key, range && `bytes=${start}-${last}`);
    if (response.status === 416 || !response.body) return Readable.from([]);
    if (range && response.status !== 206) {
      await response.body.cancel();
      throw storageUnavailable(new Error(`A range was answered with status ${response.status}.`));
    }
    return Readable.fromWeb(response.body as NodeReadableStream<Uint8Array>);
  }

  async location(key: string): Promise<FileLocation> {
    return { url: await this.signedReadUrl(key) };
  }

  /** By the first byte: UTApi has no call for one file's size. */
  async size(key: string): Promise<number> {
    const response = await this.get(key, 'bytes=0-0');
    await response.body?.cancel();
    const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
    if (total !== undefined) return Number(total);
    const length = response.headers.get('content-length');
    if (response.status === 200 && length !== null) return Number(length);
    throw storageUnavailable(new Error(`No size in an answer with status ${response.status}.`));
  }

  async remove(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.api.deleteFiles([...keys]).catch(unavailable);
  }

  /** Through a temporary file: the SDK wants to know the size first, and memory must not hold the whole of it. */
  async write({ name, body, maxBytes = MAX_UPLOAD_BYTES }: FileToWrite): Promise<WrittenFile> {
    const spool = path.join(/*turbopackIgnore: true*/ os.tmpdir(), `tuneloop-${randomUUID()}.upload`);
    try {
      const { bytes, sha256 } = await spoolTo(spool, body, maxBytes);
      const file = new UTFile([await openAsBlob(spool)], name, { type: 'application/octet-stream' });
      const { data, error } = await this.api.uploadFiles(file, { acl: 'private' }).catch(unavailable);
      if (!data) throw storageUnavailable(error);
      return { key: data.key, name, bytes, sha256 };
    } finally {
      await rm(spool, { force: true });
    }
  }

  async signedReadUrl(key: string): Promise<string> {
    const { ufsUrl } = await this.api.generateSignedURL(key, { expiresIn: READ_URL_SECONDS }).catch(unavailable);
    return ufsUrl;
  }

  async health(): Promise<StorageHealth> {
    try {
      const { appTotalBytes, totalBytes, limitBytes } = await this.api.getUsageInfo();
      const freeBytes = Math.max(0, limitBytes - totalBytes);
      const problem = 'The UploadThing account is full. Delete datasets that are no longer needed, or raise its limit.';
      return { writable: freeBytes > 0, freeBytes, usedBytes: appTotalBytes, ...(freeBytes === 0 && { problem }) };
    } catch {
      const problem = 'UploadThing does not answer, or refuses UPLOADTHING_TOKEN. Check the token and the network.';
      return { writable: false, freeBytes: null, usedBytes: null, problem };
    }
  }

  private async get(key: string, range: string | undefined): Promise<Response> {
    const url = await this.signedReadUrl(key);
    const response = await this.fetch(url, range ? { headers: { range } } : {}).catch(unavailable);
    if (response.ok || response.status === 416) return response;
    await response.body?.cancel();
    if (response.status === 404) throw fileNotFound();
    throw storageUnavailable(new Error(`Status ${response.status} for a file.`));
  }
}

async function spoolTo(spool: string, body: AsyncIterable<Uint8Array>, maxBytes: number) {
  const hash = createHash('sha256');
  const file = await open(spool, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of body) {
      const problem = bytes === 0 ? contentProblem(Buffer.from(chunk)) : null;
      if (problem) throw unreadableContent(problem);
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw fileTooLarge(maxBytes);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

function unavailable(error: unknown): never {
  if (error instanceof AppError) throw error;
  throw storageUnavailable(error);
}
