import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams';
import type { Connection } from '@/platform/db/connection';
import { COPY_HEADER, COPY_TRAILER } from './import/copy-writer';

/** More than any stream on the way holds back. */
const KEPT_BYTES = 128 * 1024;

/** Where rows go: a table with its columns. */
export type CopyTarget = `${string} (${string})`;

/** Binary COPY into several tables over one connection: a change of the table ends one COPY and starts another. */
export class CopyStreams {
  private stream: CopyStreamQuery | null = null;
  private target: CopyTarget | null = null;
  private failure: Error | null = null;

  constructor(private readonly client: Connection) {}

  /** Resolves when more can be sent; the memory of the rows may then be used again. @throws what the database says, also of earlier rows */
  async write(target: CopyTarget, rows: Uint8Array): Promise<void> {
    if (this.target !== target) {
      await this.end();
      this.open(target);
      await this.send(COPY_HEADER);
    }
    await this.send(rows);
  }

  /** After it the connection takes other statements again. */
  async end(): Promise<void> {
    const { stream } = this;
    if (!stream) return;
    await this.send(COPY_TRAILER);
    stream.end();
    await finished(stream);
    this.stream = null;
    this.target = null;
  }

  private open(target: CopyTarget): void {
    const stream = this.client.query(copyFrom(`COPY ${target} FROM STDIN (FORMAT binary)`));
    stream.on('error', (error: Error) => {
      this.failure = error;
    });
    this.stream = stream;
    this.target = target;
  }

  private async send(bytes: Uint8Array): Promise<void> {
    if (this.failure) throw this.failure;
    // A stream keeps what is small and goes on; of what is larger it says when all of it has gone to the database.
    const own = bytes.byteLength < KEPT_BYTES ? new Uint8Array(bytes) : bytes;
    if (this.stream && !this.stream.write(own)) await once(this.stream, 'drain');
  }
}
