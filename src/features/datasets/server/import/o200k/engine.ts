import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { buildCharClasses } from './char-classes';
import { MODULE_BASE64 } from './engine-wasm';

/** sha256 of the official ranks file, the one that OpenAI's tiktoken pins for o200k_base. */
const RANKS_SHA256 = '446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d';
/** A module's memory never shrinks: past this a thread that lives on should start with a new one. Bytes. */
const MEMORY_TO_KEEP = 96 * 1024 * 1024;
const START_ROOM = 1 << 16;

/** What assembly/tokens exports. Texts lie at the address that `text` gives, in UTF-8. */
interface Exports {
  memory: WebAssembly.Memory;
  classes(): number;
  deriveKinds(): void;
  text(bytes: number): number;
  loadRanks(length: number): void;
  count(length: number): number;
  take(length: number): number;
  mix(length: number): void;
  mixNumber(value: number): void;
  startHash(): void;
  hashHigh(): number;
  hashLow(): number;
  tokenEnds(length: number): number;
}

/** 64 bits as two signed words: a bigint for every row would cost more than the hash itself. */
export interface ContentHash {
  high: number;
  low: number;
}

const encoder = new TextEncoder();
let compiled: WebAssembly.Module | null = null;

/** The compiled inner loop over UTF-8 bytes (assembly/README.md). One per thread; keeps caches, so keep it. */
export class TokenEngine {
  private exports = instantiate();
  private view = this.room(START_ROOM);

  /** @param ranks the official ranks file; without it an engine can hash, but not count */
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

  /** Gives back the memory that an uncommonly long text has taken. */
  relax(): void {
    if (this.exports.memory.buffer.byteLength <= MEMORY_TO_KEEP) return;
    this.exports = instantiate();
    this.load();
  }

  /** Lone surrogates become U+FFFD, as Python's tiktoken does with them. @returns the length in bytes */
  private put(text: string): number {
    if (text.length * 3 > this.view.length) this.view = this.room(text.length * 3);
    // Growing, which the module may do on its own, detaches the views on its memory.
    else if (this.view.buffer !== this.exports.memory.buffer) this.view = this.room(this.view.length);
    return encoder.encodeInto(text, this.view).written;
  }

  private room(bytes: number): Uint8Array {
    const at = this.exports.text(bytes);
    return new Uint8Array(this.exports.memory.buffer, at, bytes);
  }

  private load(): void {
    const classes = this.exports.classes();
    if (this.ranks) {
      new Uint8Array(this.exports.memory.buffer).set(buildCharClasses(), classes);
      this.exports.deriveKinds();
      this.room(this.ranks.length).set(this.ranks);
      this.exports.loadRanks(this.ranks.length);
    }
    this.view = this.room(START_ROOM);
  }
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

function instantiate(): Exports {
  compiled ??= new WebAssembly.Module(Buffer.from(MODULE_BASE64, 'base64'));
  const abort = () => {
    throw new Error('The token engine ran out of memory.');
  };
  return new WebAssembly.Instance(compiled, { env: { abort } }).exports as unknown as Exports;
}
