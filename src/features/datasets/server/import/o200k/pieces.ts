import { PieceEncoder } from './piece-encoder';
import { Scanner } from './scanner';
import { NO_RANK, type Vocabulary } from './vocabulary';

/** Longer pieces (words without end, long runs of signs) are shown as one: the plain search below is quadratic. */
const LONG_PIECE = 1000;

/** Where the tokens of a text end, for showing them. Counting is the counter's work, which keeps caches and is far faster. */
export class TokenPieces {
  private readonly scanner: Scanner;
  private readonly encoder: PieceEncoder;

  constructor(vocabulary: Vocabulary) {
    this.scanner = new Scanner(vocabulary.classes);
    this.encoder = new PieceEncoder(vocabulary);
  }

  /**
   * @returns the ends of the tokens as indices into the text, ascending, the last one its length. Tokens that end inside a
   *          character (parts of an emoji) are one with those that follow, up to the character's end.
   */
  ends(text: string): number[] {
    const ends: number[] = [];
    for (let from = 0; from < text.length; ) {
      const to = this.scanner.pieceEnd(text, from);
      this.encoder.load(text, from, to);
      const inBytes = new Set(mergedEnds(this.encoder));
      let bytes = 0;
      for (let at = from; at < to; at++) {
        const wide = isPair(text, at, to);
        bytes += wide ? 4 : utf8Bytes(text.charCodeAt(at));
        if (wide) at++;
        if (inBytes.has(bytes)) ends.push(at + 1);
      }
      from = to;
    }
    return ends;
  }
}

/** Merges the pair of lowest rank, leftmost first, until none is a token. */
function mergedEnds(piece: PieceEncoder): number[] {
  const { length } = piece;
  if (length > LONG_PIECE || piece.rank(0, length) !== NO_RANK) return [length];
  const starts = Array.from({ length: length + 1 }, (_, i) => i);
  for (;;) {
    let best = NO_RANK;
    let at = -1;
    for (let i = 0; i + 2 < starts.length; i++) {
      const rank = piece.rank(starts[i] as number, starts[i + 2] as number);
      if (rank < best) {
        best = rank;
        at = i;
      }
    }
    if (at < 0) return starts.slice(1);
    starts.splice(at + 1, 1);
  }
}

const isPair = (text: string, at: number, to: number): boolean =>
  (text.charCodeAt(at) & 0xfc00) === 0xd800 && at + 1 < to && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;

const utf8Bytes = (unit: number): number => (unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3);
