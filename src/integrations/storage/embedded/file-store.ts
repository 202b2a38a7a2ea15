import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { isMissing } from './ingest-error';

const recordSchema = z.object({
  key: z.string(),
  name: z.string(),
  size: z.number(),
  type: z.string(),
  customId: z.string().nullable(),
  acl: z.string().nullable(),
  /** What UploadThing calls fileHash; null for files the server wrote itself. */
  md5: z.string().nullable(),
  uploadedAt: z.number(),
});

/** A complete file. */
export type FileRecord = z.infer<typeof recordSchema>;

const announcementSchema = z.object({
  slug: z.string(),
  customId: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()),
});

/** What the file router said about a key before any byte came: whose it is and whom to tell. */
export type Announcement = z.infer<typeof announcementSchema>;

type Kind = 'data' | 'part' | 'record.json' | 'announced.json' | 'writer';

/**
 * Files and their records under one folder. File names are hashes of keys, so no input ever becomes a path. Everything that
 * another process on the same folder has to know is on disk; small files are replaced by rename, never written in place.
 */
export class FileStore {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  path(key: string, kind: Kind): string {
    const hash = createHash('sha256').update(key).digest('hex');
    return path.join(/*turbopackIgnore: true*/ this.dir, hash.slice(0, 2), `${hash}.${kind}`);
  }

  /** Makes the folder a key lives in: call before anything is written for it. */
  async ready(key: string): Promise<void> {
    await mkdir(path.dirname(this.path(key, 'data')), { recursive: true, mode: 0o700 });
  }

  record(key: string): Promise<FileRecord | null> {
    return readJson(this.path(key, 'record.json'), recordSchema);
  }

  saveRecord(record: FileRecord): Promise<void> {
    return this.replace(this.path(record.key, 'record.json'), JSON.stringify(record));
  }

  announcement(key: string): Promise<Announcement | null> {
    return readJson(this.path(key, 'announced.json'), announcementSchema);
  }

  async announce(key: string, announcement: Announcement): Promise<void> {
    await this.ready(key);
    await this.replace(this.path(key, 'announced.json'), JSON.stringify(announcement));
  }

  /** The token of whoever may write this key's part, across processes. */
  async writer(key: string): Promise<string | null> {
    return readFile(this.path(key, 'writer'), 'utf8').catch(nothingIfMissing);
  }

  saveWriter(key: string, token: string): Promise<void> {
    return this.replace(this.path(key, 'writer'), token);
  }

  /** Bytes that have arrived of an unfinished upload. */
  async partSize(key: string): Promise<number> {
    const found = await stat(this.path(key, 'part')).catch(nothingIfMissing);
    return found?.size ?? 0;
  }

  async openPart(key: string): Promise<FileHandle> {
    const file = this.path(key, 'part');
    return open(file, 'r+').catch((error: unknown) => {
      if (isMissing(error)) return open(file, 'wx+', 0o600);
      throw error;
    });
  }

  /** Turns the part into the file; the record is written last, so a file with a record is always whole. */
  async finish(record: FileRecord): Promise<void> {
    await rename(this.path(record.key, 'part'), this.path(record.key, 'data'));
    await this.saveRecord(record);
    await rm(this.path(record.key, 'writer'), { force: true });
  }

  async dropPart(key: string): Promise<void> {
    await Promise.all([this.path(key, 'part'), this.path(key, 'writer')].map((file) => rm(file, { force: true })));
  }

  /** Returns whether there was a file. The record goes first, so nobody finds half of it. */
  async remove(key: string): Promise<boolean> {
    const existed = (await this.record(key)) !== null;
    const kinds: Kind[] = ['record.json', 'announced.json', 'data', 'part', 'writer'];
    for (const kind of kinds) await rm(this.path(key, kind), { force: true });
    return existed;
  }

  /** Every complete file, newest first. Reads all records: for maintenance and the SDK's listFiles, not for requests. */
  async list(): Promise<FileRecord[]> {
    const records: FileRecord[] = [];
    for (const file of await this.files()) {
      const record = file.endsWith('.record.json') ? await readJson(file, recordSchema) : null;
      if (record) records.push(record);
    }
    return records.sort((a, b) => b.uploadedAt - a.uploadedAt);
  }

  /** Paths of everything in the folder. */
  async files(): Promise<string[]> {
    const folders = await readdir(this.dir).catch(nothingIfMissing);
    const found: string[] = [];
    for (const folder of folders ?? []) {
      const names = await readdir(path.join(/*turbopackIgnore: true*/ this.dir, folder)).catch(() => []);
      for (const name of names) found.push(path.join(/*turbopackIgnore: true*/ this.dir, folder, name));
    }
    return found;
  }

  private async replace(file: string, text: string): Promise<void> {
    const draft = `${file}.${randomBytes(6).toString('hex')}.draft`;
    const handle = await open(draft, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  }
}

function nothingIfMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}

async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  const text = await readFile(file, 'utf8').catch(nothingIfMissing);
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // Damaged by something other than us: as good as not there, so the file can be uploaded again.
    return null;
  }
}
