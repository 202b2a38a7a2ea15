import { WORD_LANGUAGES } from '../quality/lexicon';
import { SCRIPTS, SEEN, type TextSigns } from '../quality/text-signs';
import type { EngineExports, TokenEngine } from './engine';

/** Numbers of a message in the module's memory: see assembly/rows/plain-row.ts. */
const FIELDS = 10;
const MAX_MESSAGES = 1024;
const ROW_WORDS = 1 << 16;
/** Bytes from the letters of the last text to those of the question, and on to those of the answer. */
const SIDE = 128;
const HITS = 64;
const KIN_NUMBERS = 6;
/** Past this the engine has not looked at all of a text. */
const LOOKED_AT = 1 << 19;

/** Letters by script and known words by language, of one text. */
export interface LanguageCounts {
  letters: Int32Array;
  hits: Int32Array;
}

/** Views of the module's memory: good until the engine takes its next row or text. */
interface Views {
  buffer: ArrayBuffer;
  bytes: Buffer;
  words: Int32Array;
  bits: Int32Array;
  messages: Int32Array;
  facts: Int32Array;
  kin: Int32Array;
  last: LanguageCounts;
  asked: LanguageCounts;
  answered: LanguageCounts;
}

/** Reads rows: the words of their texts one by one, or all of a row of the usual shape in one call. */
export class RowEngine {
  views: Views;
  private readonly signs: TextSigns = { seen: 0, digits: 0, mixed: 0, bits: 0 };

  constructor(private readonly engine: TokenEngine) {
    this.views = this.makeViews(engine.exports.memory.buffer);
  }

  /** What the module offers besides. */
  get exports(): EngineExports {
    return this.engine.exports;
  }

  /**
   * Adds the words of a text to those of the row.
   * @param known  whether the lexicon is asked about them
   * @returns      what the text has; good until the next call
   */
  readText(text: string, known: boolean): TextSigns {
    const { exports } = this.engine;
    const { signs } = this;
    exports.readText(this.engine.put(text), known);
    this.refresh();
    signs.seen = exports.seenSigns();
    signs.digits = exports.mostDigits();
    signs.mixed = exports.longestMixed();
    signs.bits = exports.saidOfWords();
    return signs;
  }

  /** Words of the row so far. */
  get count(): number {
    return this.engine.exports.wordsOfRow();
  }

  /** Forgets words, down to so many. */
  cut(count: number): void {
    this.engine.exports.forgetWords(count);
  }

  /** Reads a line of JSON. @returns its messages, or 0 when it is not of the usual shape: then nothing is known of it */
  readRow(line: Uint8Array): number {
    this.engine.putBytes(line);
    const messages = this.engine.exports.readRow(line.length);
    this.refresh();
    return messages;
  }

  /** One of the numbers of a message of the last row: role 0, address 1, bytes 2, tokens 3. */
  field(message: number, index: number): number {
    return this.views.messages[message * FIELDS + index] as number;
  }

  /** What the text of a message has; good until the next call. */
  signsOf(message: number): TextSigns {
    const { messages } = this.views;
    const { signs } = this;
    const at = message * FIELDS;
    signs.seen = messages[at + 4] as number;
    signs.digits = messages[at + 5] as number;
    signs.mixed = messages[at + 6] as number;
    signs.bits = messages[at + 7] as number;
    return signs;
  }

  /** Whether the text of a message is surely nothing but ASCII. */
  isPlain(message: number): boolean {
    return this.field(message, 2) <= LOOKED_AT && (this.field(message, 4) & SEEN.wide) === 0;
  }

  /** The text of a message of the last row. */
  textOf(message: number): string {
    const from = this.field(message, 1);
    return this.views.bytes.toString(this.isPlain(message) ? 'latin1' : 'utf8', from, from + this.field(message, 2));
  }

  /** System prompts come back in every row: nothing was found in this one, so it need not be read again. */
  keepPrompt(message: number): void {
    this.engine.exports.keepPrompt(message);
  }

  /** The module looks at the words of the row at hand; those of a row that was held back are put there again. */
  bringWords(words: Int32Array, count: number): void {
    if (words.buffer === this.views.buffer) return;
    this.refresh();
    this.views.words.set(words.subarray(0, count));
  }

  /** The module's memory is another object after it has grown. */
  private refresh(): void {
    const { buffer } = this.engine.exports.memory;
    if (this.views.buffer !== buffer) this.views = this.makeViews(buffer);
  }

  private makeViews(buffer: ArrayBuffer): Views {
    const { exports } = this.engine;
    const letters = exports.letters();
    const counts = (at: number): LanguageCounts => ({
      letters: new Int32Array(buffer, at, SCRIPTS.length),
      hits: new Int32Array(buffer, at + HITS, WORD_LANGUAGES.length),
    });
    return {
      buffer,
      bytes: Buffer.from(buffer),
      words: new Int32Array(buffer, exports.rowWords(), ROW_WORDS),
      bits: new Int32Array(buffer, exports.rowWords() + ROW_WORDS * 4, ROW_WORDS),
      messages: new Int32Array(buffer, exports.rowMessages(), MAX_MESSAGES * FIELDS),
      facts: new Int32Array(buffer, exports.rowFacts(), 16),
      kin: new Int32Array(buffer, exports.rowKin(), KIN_NUMBERS),
      last: counts(letters),
      asked: counts(letters + SIDE),
      answered: counts(letters + 2 * SIDE),
    };
  }
}
