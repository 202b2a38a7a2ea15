import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { lexicon } from '../quality/lexicon';
import { plainTable, scriptTable } from '../quality/text-signs';
import { charClasses, smallLetters } from './char-classes';
import type { EngineExports } from './engine-exports';
import { MODULE_BASE64 } from './engine-wasm';

/** sha256 of the official ranks file, the one that OpenAI's tiktoken pins for o200k_base. */
const RANKS_SHA256 = '446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d';
/** A module's memory never shrinks: past this a thread that lives on should start with a new one. Bytes. */
const MEMORY_TO_KEEP = 280 * 1024 * 1024;
const START_ROOM = 1 << 16;

/** 64 bits as two signed words: a bigint for every row would cost more than the hash itself. */
export interface ContentHash {
  high: number;
  low: number;
}

/** Sizes of a segment of the index: see assembly/rows/layout.ts. */
const BLOCK_ROWS = 16;
const BLOCKS = 1024;
const SEGMENT_ROWS = BLOCKS * BLOCK_ROWS;

interface Segment {
  rows: number;
  ordinals: number[];
  lines: number[];
  last: { ordinal: number; line: number };
  /** See content-page.ts. */
  contents: Uint8Array;
}

const encoder = new TextEncoder();
let compiled: WebAssembly.Module | null = null;

/** The compiled inner loop over UTF-8 bytes (assembly/README.md). One per thread; keeps caches, so keep it. */
export class TokenEngine {
  exports = instantiate();
  private view = this.room(START_ROOM);

  /** @param ranks the official ranks file; without it an engine can hash and tell words, but not count */
  constructor(private readonly ranks: Buffer | null = null) {
    this.load();
  }

  /** Tokens of a text. */
  count(text: string): number {
    return this.exports.count(this.put(text));
  }

  /** Tokens of a text, which goes into the hash as well. */
  take(text: string): number {
    return this.exports.take(this.put(text));
  }

  startHash(): void {
    this.exports.startHash();
  }

  mix(text: string): void {
    this.exports.mix(this.put(text));
  }

  mixNumber(value: number): void {
    this.exports.mixNumber(value);
  }

  endHash(): ContentHash {
    const high = this.exports.hashHigh();
    return { high, low: this.exports.hashLow() };
  }

  /** Where the tokens of a text end, in UTF-8 bytes from its start. */
  tokenEnds(text: string): Uint32Array {
    const tokens = this.count(text);
    const at = this.exports.tokenEnds(this.put(text));
    return new Uint32Array(this.exports.memory.buffer, at, tokens).slice();
  }

  startSegment(): void {
    this.exports.startSegment();
    this.exports.startContents();
  }

  /** A version begins. @param tokenMarks  see marks.ts */
  startIndex(tokenMarks: Uint32Array): void {
    this.tableAt(this.exports.tokenMarks(), tokenMarks.length).set(tokenMarks);
    this.startSegment();
  }

  /** A version begins. @param head  what all its COPY rows begin with */
  startRows(head: Uint8Array): void {
    new Uint8Array(this.exports.memory.buffer, this.exports.rowHead(), head.length).set(head);
    this.exports.startRows();
  }

  /** The COPY rows since they were cleared; good until the next row. */
  get storedRows(): Uint8Array {
    return new Uint8Array(this.exports.memory.buffer, this.exports.rows(), this.exports.stored.value);
  }

  /** The rows since the segment began: where each block of them begins, where the last one is, and what they are. */
  get segment(): Segment {
    const { exports } = this;
    const { buffer } = exports.memory;
    const rows: number = exports.segmentRows.value;
    const blocks = Math.ceil(rows / BLOCK_ROWS);
    const lines = exports.blockPlaces() + BLOCKS * 8;
    return {
      rows,
      ordinals: [...new Float64Array(buffer, exports.blockPlaces(), blocks)],
      lines: [...new Uint32Array(buffer, lines, blocks)],
      last: { ordinal: exports.lastPlace(), line: exports.lastLine.value },
      contents: contentPage(buffer, exports.contents(), rows),
    };
  }

  private tableAt(address: number, length: number): Uint32Array {
    return new Uint32Array(this.exports.memory.buffer, address, length);
  }

  /** Takes the words of the row that was read last, as a whole, into the current block of rows. */
  noteRow(): void {
    this.exports.noteRow();
  }

  /** The same of any line of JSON. */
  addRow(line: Uint8Array): void {
    this.putBytes(line);
    this.exports.addText(line.length);
  }

  /** Ends a row of the block with what else is known of it: four numbers, and one more for each flag. */
  addMarks([a, b, c, d]: readonly [number, number, number, number], flagMark: number, flags: number): void {
    this.exports.addMarks(a, b, c, d, flagMark, flags);
  }

  /** @returns whether the segment has to be written before the next block */
  endBlock(): boolean {
    return this.exports.endBlock() !== 0;
  }

  /** How many words stand in how many rows, summed up over the segment. */
  get places(): number {
    return this.exports.placeCount();
  }

  /** The words of the segment in 2^bits pages (format: assembly/rows/index-pages.ts). */
  pages(bits: number): Uint8Array<ArrayBuffer>[] {
    const at = this.exports.writePages(bits);
    const { buffer } = this.exports.memory;
    const bounds = new Uint32Array(buffer, at, 2 ** bits + 1);
    const pages = Array.from({ length: 2 ** bits }, (_, i) => [bounds[i] ?? 0, bounds[i + 1] ?? 0] as const);
    return pages.map(([from, to]) => new Uint8Array(buffer, at + from, to - from).slice());
  }

  /** Hashes under which the words of a text, or marks, are found. */
  wordHashes(words: readonly (string | number)[]): number[] {
    for (const word of words) {
      if (typeof word === 'number') this.exports.addMark(word);
      else this.exports.addText(this.put(word));
    }
    const count = this.exports.wordCount();
    return [...new Uint32Array(this.exports.memory.buffer, this.exports.takeWords(), count)];
  }

  /** Gives back the memory that an uncommonly long text has taken. */
  relax(): void {
    if (this.exports.memory.buffer.byteLength <= MEMORY_TO_KEEP) return;
    this.exports = instantiate();
    this.load();
  }

  /** Puts a text where the module's functions find it; lone surrogates become U+FFFD, as with Python's tiktoken. @returns its bytes */
  put(text: string): number {
    this.makeRoom(text.length * 3);
    return encoder.encodeInto(text, this.view).written;
  }

  putBytes(bytes: Uint8Array): void {
    this.makeRoom(bytes.length);
    this.view.set(bytes);
  }

  private makeRoom(bytes: number): void {
    // Growing, which the module may do on its own, detaches the view: its length is then 0.
    if (bytes > this.view.length) this.view = this.room(Math.max(bytes, START_ROOM));
  }

  private room(bytes: number): Uint8Array {
    const at = this.exports.text(bytes);
    return new Uint8Array(this.exports.memory.buffer, at, bytes);
  }

  private learn(word: string, bits: number): void {
    this.exports.forgetWords(0);
    this.exports.readText(this.put(word), false);
    const [hash = 0] = new Int32Array(this.exports.memory.buffer, this.exports.rowWords(), 1);
    this.exports.learn(hash, bits);
  }

  private load(): void {
    const memory = new Uint8Array(this.exports.memory.buffer);
    memory.set(charClasses(), this.exports.classes());
    memory.set(new Uint8Array(smallLetters().buffer), this.exports.smallLetters());
    memory.set(scriptTable(), this.exports.scripts());
    memory.set(plainTable(), this.exports.plainSigns());
    this.exports.deriveKinds();
    this.view = this.room(START_ROOM);
    for (const [words, bits] of lexicon) for (const word of words.split(' ')) this.learn(word, bits);
    if (this.ranks) {
      this.room(this.ranks.length).set(this.ranks);
      this.exports.loadRanks(this.ranks.length);
    }
    this.view = this.room(START_ROOM);
  }
}

/** Lower halves of content hashes, upper ones, sides of the split. */
function contentPage(buffer: ArrayBuffer, at: number, rows: number): Uint8Array {
  const page = new Uint8Array(rows * 9);
  page.set(new Uint8Array(buffer, at, rows * 4));
  page.set(new Uint8Array(buffer, at + SEGMENT_ROWS * 4, rows * 4), rows * 4);
  page.set(new Uint8Array(buffer, at + SEGMENT_ROWS * 8, rows), rows * 8);
  return page;
}

/**
 * An engine that counts. About 0.1 s of CPU.
 * @throws Error when the file's sha256 is not the one of o200k_base
 */
export function loadEngine(ranksFile: string): TokenEngine {
  const ranks = readFileSync(ranksFile);
  const digest = createHash('sha256').update(ranks).digest('hex');
  if (digest !== RANKS_SHA256) throw new Error(`The o200k_base ranks file is not the official one (sha256 ${digest}).`);
  return new TokenEngine(ranks);
}

function instantiate(): EngineExports {
  compiled ??= new WebAssembly.Module(Buffer.from(MODULE_BASE64, 'base64'));
  const abort = () => {
    throw new Error('The token engine ran out of memory.');
  };
  return new WebAssembly.Instance(compiled, { env: { abort } }).exports as unknown as EngineExports;
}
