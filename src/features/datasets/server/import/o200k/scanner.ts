import { CASELESS, LINE_END, LOWER, MARK, NUMBER, OTHER, SPACE, UPPER, WIDE } from './char-classes';

/*
 * The pre-tokeniser of o200k_base by hand, equal to its pattern (tiktoken, openai_public.py), alternative by alternative:
 *   1 [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+('s|'t|'re|'ve|'m|'ll|'d)?   a word
 *   2 [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(...)?                          a word in capitals
 *   3 \p{N}{1,3}    4 ' ?[^\s\p{L}\p{N}]+[\r\n/]*'    5 \s*[\r\n]+    6 \s+(?!\S)    7 \s+
 */
export class Scanner {
  constructor(private readonly classes: Uint8Array) {}

  /** Class of the code point at `at`, with WIDE added when it takes two units. */
  private classAt(text: string, at: number): number {
    const unit = text.charCodeAt(at);
    if ((unit & 0xfc00) === 0xd800 && at + 1 < text.length) {
      const low = text.charCodeAt(at + 1);
      if ((low & 0xfc00) === 0xdc00)
        return (this.classes[((unit - 0xd800) << 10) + (low - 0xdc00) + 0x10000] as number) | WIDE;
    }
    return this.classes[unit] as number;
  }

  /** End of the piece that starts at `from`. */
  pieceEnd(text: string, from: number): number {
    const first = this.classAt(text, from);
    const kind = first & 7;
    const after = from + 1 + (first >> 3);
    if (kind === NUMBER) return this.numberEnd(text, after);
    if (kind !== LINE_END) {
      const word = this.wordEnd(text, from, after, kind);
      if (word >= 0) return word;
    }
    const signs = this.signsEnd(text, from, kind);
    return signs >= 0 ? signs : this.spaceEnd(text, from);
  }

  private wordEnd(text: string, from: number, after: number, kind: number): number {
    const mayLead = kind === OTHER || kind === MARK || kind === SPACE;
    if (!mayLead) {
      const mixed = this.mixedWord(text, from);
      return mixed >= 0 ? mixed : this.capitals(text, from);
    }
    const mixed = after < text.length ? this.mixedWord(text, after) : -1;
    if (mixed >= 0) return mixed;
    if (kind === MARK) {
      const alone = this.mixedWord(text, from);
      if (alone >= 0) return alone;
    }
    return after < text.length ? this.capitals(text, after) : -1;
  }

  /** Alternative 1 without its leading character: capitals, then at least one that is not a capital. */
  private mixedWord(text: string, from: number): number {
    let at = from;
    let lastLower = -1;
    let found = 0;
    for (; at < text.length; at += 1 + (found >> 3)) {
      found = this.classAt(text, at);
      const kind = found & 7;
      if (kind === CASELESS || kind === MARK) lastLower = at + 1 + (found >> 3);
      else if (kind !== UPPER) break;
    }
    if (at < text.length && (found & 7) === LOWER) return this.suffixEnd(text, this.lowerEnd(text, at));
    return lastLower < 0 ? -1 : this.suffixEnd(text, lastLower);
  }

  private lowerEnd(text: string, from: number): number {
    let at = from;
    while (at < text.length) {
      const found = this.classAt(text, at);
      const kind = found & 7;
      if (kind !== LOWER && kind !== CASELESS && kind !== MARK) break;
      at += 1 + (found >> 3);
    }
    return at;
  }

  /** Alternative 2 after alternative 1 has failed: only capitals are left to match. */
  private capitals(text: string, from: number): number {
    let at = from;
    while (at < text.length) {
      const found = this.classAt(text, at);
      if ((found & 7) !== UPPER) break;
      at += 1 + (found >> 3);
    }
    return at === from ? -1 : this.suffixEnd(text, at);
  }

  /** 's 't 'm 'd 're 've 'll in any case. The long s (U+017F) folds to s. */
  private suffixEnd(text: string, at: number): number {
    if (text.charCodeAt(at) !== 0x27) return at;
    const one = text[at + 1];
    if (one !== undefined && 'sStTmMdD\u017f'.includes(one)) return at + 2;
    const two = text.slice(at + 1, at + 3);
    return /^(?:[rR][eE]|[vV][eE]|[lL][lL])$/.test(two) ? at + 3 : at;
  }

  private numberEnd(text: string, from: number): number {
    let at = from;
    for (let digits = 1; digits < 3 && at < text.length; digits++) {
      const found = this.classAt(text, at);
      if ((found & 7) !== NUMBER) break;
      at += 1 + (found >> 3);
    }
    return at;
  }

  private signsEnd(text: string, from: number, kind: number): number {
    const isSign = (found: number) => (found & 7) === OTHER || (found & 7) === MARK;
    let at = isSign(kind) ? from : -1;
    if (at < 0 && text.charCodeAt(from) === 0x20 && from + 1 < text.length && isSign(this.classAt(text, from + 1)))
      at = from + 1;
    if (at < 0) return -1;
    while (at < text.length) {
      const found = this.classAt(text, at);
      if (!isSign(found)) break;
      at += 1 + (found >> 3);
    }
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit !== 0x0a && unit !== 0x0d && unit !== 0x2f) break;
    }
    return at;
  }

  private spaceEnd(text: string, from: number): number {
    let at = from;
    let lastLineEnd = -1;
    for (; at < text.length; at++) {
      const kind = this.classes[text.charCodeAt(at)];
      if (kind === LINE_END) lastLineEnd = at;
      else if (kind !== SPACE) break;
    }
    if (lastLineEnd >= 0) return lastLineEnd + 1;
    return at >= text.length || at - from === 1 ? at : at - 1;
  }
}
