import fs from 'node:fs';

/** Token ids with a meaning of their own; they come before the 256 byte tokens and are never made from text. */
export const SPECIAL = { pad: 0, bos: 1, system: 2, user: 3, assistant: 4, end: 5 } as const;

const FIRST_BYTE = Object.keys(SPECIAL).length;
const FIRST_MERGE = FIRST_BYTE + 256;
// a merge is looked up by both of its halves at once: ids stay far below this
const PAIR_BASE = 65_536;
const CACHE_LIMIT = 50_000;
// words keep their leading space, digits always stand alone (copying numbers is a skill the small model must have)
const PIECES = /\d| ?\p{L}+| ?[^\s\p{L}\d]+|\s+(?=\S)|\s+/gu;

/** The pieces of a text that tokens never cross. */
export function splitPieces(text: string): string[] {
  return text.match(PIECES) ?? [];
}

/** Byte-level byte-pair encoding. Every text round-trips, because any byte is a token of its own. */
export class Tokenizer {
  /** Number of different token ids. */
  readonly size: number;
  private readonly rank: ReadonlyMap<number, number>;
  private readonly bytes: Uint8Array[];
  private readonly cache = new Map<string, readonly number[]>();
  private readonly encoder = new TextEncoder();

  constructor(merges: readonly (readonly [number, number])[]) {
    this.size = FIRST_MERGE + merges.length;
    this.rank = new Map(merges.map(([left, right], index) => [left * PAIR_BASE + right, index]));
    this.bytes = Array.from({ length: FIRST_MERGE }, (_, id) =>
      Uint8Array.from(id < FIRST_BYTE ? [] : [id - FIRST_BYTE]),
    );
    for (const [left, right] of merges) {
      this.bytes.push(Uint8Array.from([...(this.bytes[left] ?? []), ...(this.bytes[right] ?? [])]));
    }
  }

  /** Reads `{ "merges": [[left, right], …] }`. */
  static fromFile(file: string): Tokenizer {
    const { merges } = JSON.parse(fs.readFileSync(file, 'utf8')) as { merges: [number, number][] };
    return new Tokenizer(merges);
  }

  encode(text: string): number[] {
    const ids: number[] = [];
    for (const piece of splitPieces(text)) {
      for (const id of this.encodePiece(piece)) ids.push(id);
    }
    return ids;
  }

  /** The bytes of one token; special tokens have none. */
  bytesOf(id: number): Uint8Array {
    return this.bytes[id] ?? new Uint8Array();
  }

  decode(ids: readonly number[]): string {
    return Buffer.concat(ids.map((id) => this.bytesOf(id))).toString('utf8');
  }

  private encodePiece(piece: string): readonly number[] {
    const known = this.cache.get(piece);
    if (known) return known;
    const ids = this.merge(Array.from(this.encoder.encode(piece), (byte) => byte + FIRST_BYTE));
    if (this.cache.size < CACHE_LIMIT) this.cache.set(piece, ids);
    return ids;
  }

  /** Joins the neighbours whose merge was learned first, until no neighbours can be joined. */
  private merge(ids: number[]): number[] {
    for (;;) {
      let best = Number.POSITIVE_INFINITY;
      let at = -1;
      for (let i = 0; i + 1 < ids.length; i++) {
        const rank = this.rank.get((ids[i] as number) * PAIR_BASE + (ids[i + 1] as number));
        if (rank !== undefined && rank < best) {
          best = rank;
          at = i;
        }
      }
      if (at < 0) return ids;
      ids.splice(at, 2, FIRST_MERGE + best);
    }
  }
}
