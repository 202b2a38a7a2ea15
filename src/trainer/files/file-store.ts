import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { readJson, removeLeftovers, writeFileAtomically, writeJsonAtomically } from './atomic-file';

/** A stored file in OpenAI's shape; times are Unix seconds. */
export interface FileObject {
  readonly id: string;
  readonly object: 'file';
  readonly bytes: number;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly filename: string;
  readonly purpose: 'fine-tune' | 'fine-tune-results';
  readonly status: 'processed';
}

/** Files on disk: `<id>.bin` is the content, `<id>.json` the object, written last. */
export class FileStore {
  private readonly files = new Map<string, FileObject>();

  constructor(private readonly folder: string) {
    fs.mkdirSync(folder, { recursive: true });
    removeLeftovers(folder);
    for (const name of fs.readdirSync(folder)) {
      if (!name.endsWith('.json')) continue;
      const file = readJson(path.join(folder, name)) as FileObject | undefined;
      if (file) this.files.set(file.id, file);
    }
  }

  /** A path in the same file system to receive an upload; hand it to {@link adopt} or remove it. */
  temporaryPath(): string {
    return path.join(this.folder, `${randomBytes(8).toString('hex')}.tmp`);
  }

  /** Takes over a completely written temporary file. */
  adopt(temporary: string, filename: string, purpose: FileObject['purpose']): FileObject {
    const file = this.describe(filename, purpose, fs.statSync(temporary).size);
    fs.renameSync(temporary, this.contentPath(file.id));
    return this.keep(file);
  }

  /** Stores text, for example a result file. */
  create(filename: string, purpose: FileObject['purpose'], text: string): FileObject {
    const file = this.describe(filename, purpose, Buffer.byteLength(text));
    writeFileAtomically(this.contentPath(file.id), [text]);
    return this.keep(file);
  }

  get(id: string): FileObject | undefined {
    return this.files.get(id);
  }

  /** All files, newest first. */
  list(): FileObject[] {
    return [...this.files.values()].sort((a, b) => b.created_at - a.created_at || (a.id < b.id ? 1 : -1));
  }

  contentPath(id: string): string {
    return path.join(this.folder, `${id}.bin`);
  }

  remove(id: string): void {
    this.files.delete(id);
    fs.rmSync(path.join(this.folder, `${id}.json`), { force: true });
    fs.rmSync(this.contentPath(id), { force: true });
  }

  private describe(filename: string, purpose: FileObject['purpose'], bytes: number): FileObject {
    return {
      id: `file-${randomBytes(12).toString('hex')}`,
      object: 'file',
      bytes,
      created_at: Math.floor(Date.now() / 1000),
      expires_at: null,
      filename,
      purpose,
      status: 'processed',
    };
  }

  private keep(file: FileObject): FileObject {
    writeJsonAtomically(path.join(this.folder, `${file.id}.json`), file);
    this.files.set(file.id, file);
    return file;
  }
}
