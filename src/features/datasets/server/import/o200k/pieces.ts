import type { TokenEngine } from './engine';

/** Where the tokens of a text end, for showing them. */
export class TokenPieces {
  constructor(private readonly engine: TokenEngine) {}

  /**
   * @returns the ends of the tokens as indices into the text, ascending, the last one its length. Tokens that end inside a
   *          character (parts of an emoji) are one with those that follow, up to the character's end.
   */
  ends(text: string): number[] {
    const ends: number[] = [];
    let at = 0;
    let bytes = 0;
    for (const end of this.engine.tokenEnds(text)) {
      while (bytes < end) {
        const code = text.codePointAt(at) ?? 0;
        bytes += utf8Bytes(code);
        at += code > 0xffff ? 2 : 1;
      }
      if (bytes === end) ends.push(at);
    }
    return ends;
  }
}

const utf8Bytes = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
