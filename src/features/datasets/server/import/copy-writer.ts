import type { ContentHash } from './o200k/engine';

/** Postgres' binary COPY format: signature, flags, header extension; then rows; then -1. Source: PostgreSQL manual, COPY. */
export const COPY_HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
export const COPY_TRAILER = Buffer.from('ffff', 'hex');
/** The columns of a row, in the order in which `CopyWriter.add` writes them. */
export const COPY_COLUMNS = [
  'dataset_id',
  'from_version',
  'ordinal',
  'line',
  'body',
  'tokens',
  'trainable_tokens',
  'content_hash',
  'near_hash',
  'flags',
  'score',
  'split',
] as const;

export interface CopyRow {
  ordinal: number;
  line: number;
  body: Uint8Array;
  tokens: number;
  trainableTokens: number;
  hash: ContentHash;
  /** The content hash of the first example that this one is nearly the same as; its own when there is none. */
  nearHash: ContentHash;
  flags: number;
  score: number;
  split: number;
}

const FIXED_BYTES = 2 + 12 * 4 + 16 + 4 + 8 + 4 + 4 + 4 + 8 + 8 + 4 + 2 + 2;
const START_BYTES = 1 << 20;

/** Writes rows of training_examples as Postgres reads them; texts go in as the bytes they arrived as. */
export class CopyWriter {
  private buffer = Buffer.allocUnsafe(START_BYTES);
  private at = 0;
  private readonly dataset: Buffer;

  constructor(
    datasetId: string,
    private readonly fromVersion: number,
  ) {
    this.dataset = Buffer.from(datasetId.replaceAll('-', ''), 'hex');
  }

  add(row: CopyRow): void {
    this.reserve(FIXED_BYTES + row.body.length);
    this.at = this.buffer.writeInt16BE(COPY_COLUMNS.length, this.at);
    this.bytes(this.dataset);
    this.int(this.fromVersion);
    this.at = this.buffer.writeInt32BE(8, this.at);
    this.at = this.buffer.writeBigInt64BE(BigInt(row.ordinal), this.at);
    this.int(row.line);
    this.bytes(row.body);
    this.int(row.tokens);
    this.int(row.trainableTokens);
    this.hash(row.hash);
    this.hash(row.nearHash);
    this.int(row.flags);
    this.small(row.score);
    this.small(row.split);
  }

  /** The rows since the last call, in memory of their own that may be given to another thread. */
  take(): Uint8Array<ArrayBuffer> {
    const rows = new Uint8Array(this.at);
    rows.set(this.buffer.subarray(0, this.at));
    this.at = 0;
    return rows;
  }

  private bytes(value: Uint8Array): void {
    this.at = this.buffer.writeInt32BE(value.length, this.at);
    this.buffer.set(value, this.at);
    this.at += value.length;
  }

  private int(value: number): void {
    this.at = this.buffer.writeInt32BE(4, this.at);
    this.at = this.buffer.writeInt32BE(value, this.at);
  }

  private small(value: number): void {
    this.at = this.buffer.writeInt32BE(2, this.at);
    this.at = this.buffer.writeInt16BE(value, this.at);
  }

  private hash({ high, low }: ContentHash): void {
    this.at = this.buffer.writeInt32BE(8, this.at);
    this.at = this.buffer.writeInt32BE(high, this.at);
    this.at = this.buffer.writeInt32BE(low, this.at);
  }

  private reserve(more: number): void {
    if (this.at + more <= this.buffer.length) return;
    const bigger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.at + more));
    this.buffer.copy(bigger, 0, 0, this.at);
    this.buffer = bigger;
  }
}
