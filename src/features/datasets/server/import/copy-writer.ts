import { randomBytes } from 'node:crypto';
import type { ContentHash } from './o200k/engine';

/** Postgres' binary COPY format: signature, flags, header extension; then rows; then -1. Source: PostgreSQL manual, COPY. */
export const COPY_HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
export const COPY_TRAILER = Buffer.from('ffff', 'hex');

/** The columns of a row and their sizes in bytes, in the order in which `CopyWriter.add` writes them. The text comes last. */
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
 * Writes rows of training_examples as Postgres reads them; texts go in as the bytes they arrived as. Ids are made here: the
 * row's place, a counter, and chance per writer (see example-id.ts).
 */
export class CopyWriter {
  private buffer = new Uint8Array(START_BYTES);
  private view = new DataView(this.buffer.buffer);
  /** What was taken last is written over when the next is taken: two pieces of memory in turn make no garbage. */
  private other = new Uint8Array(START_BYTES);
  private at = 0;
  private written = 0;
  /** What is the same in all rows: sizes, dataset, version, and most of the id. */
  private readonly head = new Uint8Array(HEAD_BYTES);
  private readonly chance: number;

  constructor(datasetId: string, fromVersion: number) {
    const view = new DataView(this.head.buffer);
    view.setInt16(0, COLUMNS.length);
    for (const [name, size] of COLUMNS) view.setInt32(AT[name] - 4, size);
    const random = randomBytes(6);
    this.chance = random.readUInt8(5) & 3;
    this.head.set(random.subarray(0, 5), AT.id + 11);
    this.head.set(Buffer.from(datasetId.replaceAll('-', ''), 'hex'), AT.dataset_id);
    view.setInt32(AT.from_version, fromVersion);
  }

  add(row: CopyRow): void {
    const { body } = row;
    this.reserve(HEAD_BYTES + body.length);
    const { view, at } = this;
    this.buffer.set(this.head, at);
    const high = Math.floor(row.ordinal / 2 ** 32);
    view.setInt16(at + AT.id, high);
    view.setInt32(at + AT.id + 2, row.ordinal | 0);
    this.number(at + AT.id + 6);
    view.setInt32(at + AT.ordinal, high);
    view.setInt32(at + AT.ordinal + 4, row.ordinal | 0);
    view.setInt32(at + AT.line, row.line);
    view.setInt32(at + AT.tokens, row.tokens);
    view.setInt32(at + AT.trainable_tokens, row.trainableTokens);
    view.setInt32(at + AT.content_hash, row.hash.high);
    view.setInt32(at + AT.content_hash + 4, row.hash.low);
    view.setInt32(at + AT.near_hash, row.nearHash.high);
    view.setInt32(at + AT.near_hash + 4, row.nearHash.low);
    view.setInt32(at + AT.flags, row.flags);
    view.setInt16(at + AT.score, row.score);
    view.setInt16(at + AT.split, row.split);
    view.setInt32(at + AT.body - 4, body.length);
    this.buffer.set(body, at + AT.body);
    this.at = at + AT.body + body.length;
  }

  /** The rows since the last call; good until the next one. */
  take(): Uint8Array {
    const { buffer, at } = this;
    this.writeTo(this.other);
    this.other = buffer;
    this.at = 0;
    return buffer.subarray(0, at);
  }

  /** The id's counter: 12 bits behind the version's mark, 20 behind the variant's. Source: RFC 9562, 5.8. */
  private number(at: number): void {
    const counter = this.written++;
    this.view.setUint16(at, 0x8000 | (counter >>> 20));
    this.view.setUint16(at + 2, 0x8000 | ((counter >>> 6) & 0x3fff));
    this.view.setUint8(at + 4, ((counter & 0x3f) << 2) | this.chance);
  }

  private reserve(more: number): void {
    if (this.at + more <= this.buffer.length) return;
    const { buffer } = this;
    this.writeTo(new Uint8Array(Math.max(Math.ceil(buffer.length * 1.5), this.at + more)));
    this.buffer.set(buffer.subarray(0, this.at));
  }

  private writeTo(buffer: Uint8Array<ArrayBuffer>): void {
    this.buffer = buffer;
    this.view = new DataView(buffer.buffer);
  }
}
