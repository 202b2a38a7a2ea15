import type { ContentHash, TokenEngine } from './engine';
import { RowEngine } from './row-engine';

/** Words that come back in every row, such as roles: more different ones than this are not worth remembering. */
const MAX_WORDS = 256;

/** What measuring an example needs: each text goes in once, and comes out as tokens and as a part of the hash. */
export interface TextMeter {
  startHash(): void;
  /** A kind of thing that follows. */
  mixNumber(value: number): void;
  /** Takes a text into the hash. @returns its tokens */
  take(text: string): number;
  /** Tokens of one of few short texts, which stays out of the hash. */
  countWord(text: string): number;
  endHash(): ContentHash;
}

/**
 * Exact o200k_base token counts. Special tokens such as `<|endoftext|>` are ordinary text here, as they are in a training row.
 * Keeps caches, so make one per thread and keep it.
 */
export class TokenCounter implements TextMeter {
  private readonly words = new Map<string, number>();

  readonly rows: RowEngine;

  constructor(readonly engine: TokenEngine) {
    this.rows = new RowEngine(engine);
  }

  count(text: string): number {
    return this.engine.count(text);
  }

  countWord(text: string): number {
    const known = this.words.get(text);
    if (known !== undefined) return known;
    const count = this.engine.count(text);
    if (this.words.size < MAX_WORDS) this.words.set(text, count);
    return count;
  }

  take(text: string): number {
    return this.engine.take(text);
  }

  startHash(): void {
    this.engine.startHash();
  }

  mixNumber(value: number): void {
    this.engine.mixNumber(value);
  }

  endHash(): ContentHash {
    return this.engine.endHash();
  }
}
