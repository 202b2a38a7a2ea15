import { randomBytes } from 'node:crypto';
import type { ContentHash, TokenEngine } from './o200k/engine';

/** Postgres' binary COPY format: signature, flags, header extension; then rows; then -1. Source: PostgreSQL manual, COPY. */
export const COPY_HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
export const COPY_TRAILER = Buffer.from('ffff', 'hex');

/** The columns of a row and their sizes in bytes, in the order in which they are written (assembly/rows/store-row.ts). The text comes last. */
const COLUMNS = [
  ['id', 16],
  ['dataset_id', 16],
  ['from_version', 4],
  ['ordinal', 8],
  ['line', 4],
  ['tokens', 4],
  ['trainable_tokens', 4],
  ['content_hash', 8],
  ['near_hash', 8],
  ['flags', 4],
  ['score', 2],
  ['split', 2],
  ['body', 0],
] as const;
export const COPY_COLUMNS = COLUMNS.map(([name]) => name);

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
  /** The engine has just read it: its words need not be looked for again. */
  isAtHand?: boolean;
}

/** Every column is its size and its bytes; a row starts with the number of columns. */
const HEAD_BYTES = 2 + COLUMNS.reduce((sum, [, size]) => sum + 4 + size, 0);
type Column = (typeof COLUMNS)[number][0];
const AT = Object.fromEntries(
  COLUMNS.map(([name], i) => [name, COLUMNS.slice(0, i).reduce((sum, [, size]) => sum + 4 + size, 2 + 4)]),
) as Record<Column, number>;
const START_BYTES = 1 << 20;

/**
 * Collects rows of training_examples as Postgres reads them; texts go in as the bytes they arrived as. The engine writes all
 * but the texts of rows that it has not taken itself. Ids are made there: the row's place, a counter, and chance per writer
 * (see example-id.ts).
 */
export class CopyWriter {
  private buffer = new Uint8Array(START_BYTES);
  /** What was taken last is written over when the next is taken: two pieces of memory in turn make no garbage. */
  private other = new Uint8Array(START_BYTES);
  private at = 0;

  constructor(
    private readonly engine: TokenEngine,
    datasetId: string,
    fromVersion: number,
  ) {
    engine.startRows(headOf(datasetId, fromVersion));
  }

  /** @returns whether the segment of the index is full and has to be written */
  add(row: CopyRow): boolean {
    const { body, hash, nearHash } = row;
    const isFull = this.engine.exports.storeRow(
      row.line,
      row.ordinal,
      row.tokens,
      row.trainableTokens,
      hash.high,
      hash.low,
      nearHash.high,
      nearHash.low,
      row.flags,
      row.score,
      row.split,
      body.length,
    );
    this.collect();
    this.append(body);
    return isFull !== 0;
  }

  /** Fetches what the engine has written. */
  collect(): void {
    this.append(this.engine.storedRows);
    this.engine.exports.clearRows();
  }

  /** The rows since the last call; good until the next one. */
  take(): Uint8Array {
    this.collect();
    const { buffer, at } = this;
    this.buffer = this.other;
    this.other = buffer;
    this.at = 0;
    return buffer.subarray(0, at);
  }

  private append(bytes: Uint8Array): void {
    const end = this.at + bytes.length;
    if (end > this.buffer.length) {
      const larger = new Uint8Array(Math.max(Math.ceil(this.buffer.length * 1.5), end));
      larger.set(this.buffer.subarray(0, this.at));
      this.buffer = larger;
    }
    this.buffer.set(bytes, this.at);
    this.at = end;
  }
}

/** What is the same in all rows: sizes, dataset, version, and most of the id. */
function headOf(datasetId: string, fromVersion: number): Uint8Array {
  const head = new Uint8Array(HEAD_BYTES);
  const view = new DataView(head.buffer);
  view.setInt16(0, COLUMNS.length);
  for (const [name, size] of COLUMNS) view.setInt32(AT[name] - 4, size);
  // Of the first byte two bits are taken, the others are the end of the counter.
  head.set(randomBytes(6), AT.id + 10);
  head.set(Buffer.from(datasetId.replaceAll('-', ''), 'hex'), AT.dataset_id);
  view.setInt32(AT.from_version, fromVersion);
  return head;
}
