import { LINE_END, LOWER, NUMBER, OTHER, SPACE, UPPER } from './char-classes';
import { countMerged } from './merge';
import { PieceCache, ShortPieceCache } from './piece-cache';
import { PieceEncoder } from './piece-encoder';
import { Scanner } from './scanner';
import { SHORT_TOKEN, type Vocabulary } from './vocabulary';

const SHORT_CACHE_BITS = 18;
const CACHE_BITS = 16;
const NOT_ASCII = 9;
const APOSTROPHE = 0x27;

/**
 * Exact o200k_base token counts. Special tokens such as `<|endoftext|>` are ordinary text here, as they are in a training row.
 * Keeps caches, so make one per thread and keep it.
 */
export class TokenCounter {
  private readonly scanner: Scanner;
  private readonly encoder: PieceEncoder;
  private readonly shortCache = new ShortPieceCache(SHORT_CACHE_BITS);
  private readonly cache = new PieceCache(CACHE_BITS);
  private readonly ascii = new Uint8Array(65_536).fill(NOT_ASCII);
  // The short piece being read: its end, its characters packed four to a word, and how many they are.
  private end = 0;
  private k0 = 0;
  private k1 = 0;
  private k2 = 0;
  private length = 0;

  constructor(vocabulary: Vocabulary) {
    this.scanner = new Scanner(vocabulary.classes);
    this.encoder = new PieceEncoder(vocabulary);
    this.ascii.set(vocabulary.classes.subarray(0, 128));
  }

  count(text: string): number {
    let total = 0;
    for (let at = 0; at < text.length; ) {
      if (this.readShort(text, at)) {
        total += this.shortCount(text, at);
        at = this.end;
        continue;
      }
      const end = this.scanner.pieceEnd(text, at);
      total += end - at === 1 && text.charCodeAt(at) < 128 ? 1 : this.cache.get(text, at, end, this.miss);
      at = end;
    }
    return total;
  }

  private readonly miss = (text: string, from: number, to: number): number => {
    this.encoder.load(text, from, to);
    return countMerged(this.encoder);
  };

  private shortCount(text: string, from: number): number {
    // One ASCII character, and every run of one to three digits, is a token of its own.
    if (this.length === 1 || this.ascii[this.k0 & 0xff] === NUMBER) return 1;
    const known = this.shortCache.get(this.k0, this.k1, this.k2, this.length);
    if (known > 0) return known;
    const count = this.miss(text, from, this.end);
    this.shortCache.set(this.k0, this.k1, this.k2, this.length, count);
    return count;
  }

  /** Reads a whole piece of at most 12 ASCII characters. False: the piece is longer, or needs the full scanner. */
  private readShort(text: string, from: number): boolean {
    const first = text.charCodeAt(from);
    const kind = this.ascii[first] as number;
    if (kind === NOT_ASCII || kind === LINE_END) return false;
    this.k0 = first;
    this.k1 = 0;
    this.k2 = 0;
    this.length = 1;
    this.end = from + 1;
    const second = this.kindAt(text, this.end);
    if (kind === UPPER || kind === LOWER) return this.readWord(text, kind !== LOWER);
    if (kind === NUMBER) return this.readWhile(text, NUMBER, 3) !== NOT_ASCII;
    if (second === UPPER || second === LOWER) return this.readWord(text, true);
    if (kind === OTHER || (first === 0x20 && second === OTHER && this.end < text.length)) {
      const stop = this.readWhile(text, OTHER, SHORT_TOKEN);
      // Line ends and slashes may follow signs within the piece; a slash is a sign itself.
      return this.length < SHORT_TOKEN && stop !== NOT_ASCII && stop !== LINE_END;
    }
    return false;
  }

  /** Capitals, then small letters. An apostrophe may start a contraction: left to the scanner. */
  private readWord(text: string, startsUpper: boolean): boolean {
    let upper = startsUpper;
    let kind = this.kindAt(text, this.end);
    while (this.length < SHORT_TOKEN && (kind === LOWER || (kind === UPPER && upper))) {
      if (kind === LOWER) upper = false;
      this.take(text);
      kind = this.kindAt(text, this.end);
    }
    if (kind === NOT_ASCII || text.charCodeAt(this.end) === APOSTROPHE) return false;
    return this.length < SHORT_TOKEN || (kind !== LOWER && kind !== UPPER);
  }

  /** Takes characters of one kind up to a length; returns the kind of the character that follows. */
  private readWhile(text: string, kind: number, limit: number): number {
    let next = this.kindAt(text, this.end);
    while (this.length < limit && next === kind && this.end < text.length) {
      this.take(text);
      next = this.kindAt(text, this.end);
    }
    return this.end < text.length ? next : SPACE;
  }

  private kindAt(text: string, at: number): number {
    return at < text.length ? (this.ascii[text.charCodeAt(at)] as number) : SPACE;
  }

  private take(text: string): void {
    const unit = text.charCodeAt(this.end++);
    const shift = (this.length & 3) << 3;
    if (this.length < 4) this.k0 |= unit << shift;
    else if (this.length < 8) this.k1 |= unit << shift;
    else this.k2 |= unit << shift;
    this.length++;
  }
}
