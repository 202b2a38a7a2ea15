import type { SplitBounds } from '../../../split.rules';
import type { RowSigns } from '../quality/row-signs';
import { SEEN, type TextSigns } from '../quality/text-signs';
import type { ContentHash, TokenEngine } from './engine';
import type { EngineExports } from './engine-exports';

/** Numbers of a message in the module's memory: see assembly/rows/plain-row.ts. */
const FIELDS = 10;
const MAX_MESSAGES = 1024;
const ROW_WORDS = 1 << 16;
const KIN_NUMBERS = 6;
const FIGURES = 4;
const COUNTS = 256 + (2 << 17);
/** Places of the facts of a row in the module's memory: see assembly/rows/facts.ts. */
const FACT = {
  ...{ hash: 0, question: 2, words: 4, questionFrom: 5, questionTo: 6, answerFrom: 7, answerTo: 8, lastBits: 9 },
  ...{ asks: 10, length: 11, first: 12, last: 13, end: 14, form: 15, questionLanguage: 16, answerLanguage: 17 },
  ...{ calls: 18, code: 19, tokens: 20, label: 21 },
} as const;
const FACTS = 22;
type Fact = keyof typeof FACT;
/** Past this the engine has not looked at all of a text. */
const LOOKED_AT = 1 << 19;

/** Views of the module's memory: good until the engine takes its next row or text. */
interface Views {
  buffer: ArrayBuffer;
  bytes: Buffer;
  words: Int32Array;
  bits: Int32Array;
  messages: Int32Array;
  facts: Int32Array;
  kin: Int32Array;
  figures: Float64Array;
}

/** Why the engine stops to take rows: see assembly/rows/take-rows.ts. */
const STOP = { done: 0, refused: 1, read: 2, judged: 3, full: 4, segment: 5 } as const;
type Stop = (typeof STOP)[keyof typeof STOP];

/** What rows are taken by that have nothing wrong. */
export interface TakingRules extends SplitBounds {
  /** Tokens that a message of each role has besides its text, by number, and those of a conversation. */
  around: readonly number[];
  priming: number;
  /** Flags of a row that has a message of the role, and of one with several answers. */
  flags: readonly number[];
  multiTurn: number;
  score: number;
}

export interface Taken {
  at: number;
  lines: number;
}

/** What the engine has found of a row that it has judged already. */
interface Ahead {
  hasKin: boolean;
  /** See usual-signals.ts. */
  told: number;
}

/** Reads rows: the words of their texts one by one, or all of a row of the usual shape in one call. */
export class RowEngine {
  views: Views;
  private readonly signs: TextSigns = { seen: 0, digits: 0, mixed: 0, bits: 0 };

  /** Of the last text. */
  private textBytes = 0;
  /** How far the engine has brought the next row, if it was the one to stop at. */
  private stop: Stop = STOP.done;
  private piece: Buffer | null = null;
  /** What was found of the row at hand, if the engine has judged it by itself. */
  ahead: Ahead | null = null;

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
    this.textBytes = this.engine.put(text);
    exports.readText(this.textBytes, known);
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

  /** A row begins that is read text by text. */
  begin(): void {
    this.ahead = null;
    this.cut(0);
  }

  /** Forgets words, down to so many. */
  cut(count: number): void {
    this.engine.exports.forgetWords(count);
  }

  /** A file begins, whose rows are taken by these rules. */
  startTaking(rules: TakingRules): void {
    const { exports } = this.engine;
    const { buffer } = exports.memory;
    const numbers = new Int32Array(buffer, exports.rules(), 12);
    numbers.set([...rules.around, ...rules.flags, rules.priming, rules.multiTurn, rules.seed, rules.score]);
    new Float64Array(buffer, exports.rules() + 48, 2).set([rules.trainUntil, rules.validationUntil]);
    exports.startCounts();
    this.piece = null;
    this.stop = STOP.done;
  }

  /**
   * Takes rows of a piece of a file, one after the other, as long as there is nothing to say about them.
   *
   * @param piece   ends with a line end
   * @param from    where in it a line begins: the one with this number, at this place in the file
   * @param onFull  called where rows have to be fetched, or a segment of the index has to be written
   * @returns       where the next line begins, and how many were taken; that line has to be read by `readRow`
   */
  takeRows(piece: Buffer, from: number, line: number, ordinal: number, onFull: (isSegment: boolean) => void): Taken {
    const { exports } = this.engine;
    if (this.piece !== piece) new Uint8Array(exports.memory.buffer, exports.piece(), piece.length).set(piece);
    this.piece = piece;
    let at = from;
    let lines = 0;
    while (true) {
      this.stop = exports.takeRows(at, piece.length, line + lines, ordinal + at - from) as Stop;
      at = exports.next.value;
      lines += exports.taken.value;
      if (this.stop !== STOP.full && this.stop !== STOP.segment) return { at, lines };
      onFull(this.stop === STOP.segment);
    }
  }

  /** Counts of the rows that were taken: see assembly/rows/row-counts.ts. */
  get counts(): Uint32Array {
    const { exports } = this.engine;
    return new Uint32Array(exports.memory.buffer, exports.counts(), COUNTS);
  }

  /** Reads a line of JSON. @returns its messages, or 0 when it is not of the usual shape: then nothing is known of it */
  readRow(line: Uint8Array): number {
    const { stop } = this;
    const { exports } = this.engine;
    this.stop = STOP.done;
    this.ahead = null;
    if (stop === STOP.refused) return 0;
    let messages: number = exports.messages.value;
    if (stop === STOP.judged) this.ahead = { hasKin: exports.hasKin.value !== 0, told: exports.told.value };
    else if (stop !== STOP.read) {
      this.engine.putBytes(line);
      messages = exports.readRow(line.length);
    }
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

  /** Of the row, and of all before its answer. */
  get hash(): ContentHash {
    return this.hashAt(FACT.hash);
  }

  get question(): ContentHash {
    return this.hashAt(FACT.question);
  }

  private hashAt(place: number): ContentHash {
    const { facts } = this.views;
    return { high: facts[place] as number, low: facts[place + 1] as number };
  }

  /** One of the things that are known of the row as a whole. */
  fact(name: Fact): number {
    return this.views.facts[FACT[name]] as number;
  }

  keepFacts(known: Partial<Record<Fact, number>>): void {
    for (const [name, value] of Object.entries(known)) this.views.facts[FACT[name as Fact]] = value;
  }

  /** Keeps what is to be known of an answer, whose text was read last. */
  takeAnswer(): void {
    this.engine.exports.takeAnswer(this.textBytes);
  }

  /** The module looks at the row at hand; one that was held back is put there again. */
  bring({ facts, words, bits, count }: Pick<RowSigns, 'facts' | 'words' | 'bits' | 'count'>): void {
    this.bringWords(words, count);
    if (facts.buffer === this.views.buffer) return;
    this.views.bits.set(bits.subarray(0, count));
    this.views.facts.set(facts);
  }

  /** The text of one of the labels that answers are in this file, by its number. */
  labelText(label: number): string {
    const { exports } = this.engine;
    const { buffer } = exports.memory;
    const at = exports.labelText(label);
    const [length = 0] = new Uint32Array(buffer, at, 1);
    return Buffer.from(buffer, at + 4, length).toString();
  }

  /** The same of its words alone. */
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
    return {
      buffer,
      bytes: Buffer.from(buffer),
      words: new Int32Array(buffer, exports.rowWords(), ROW_WORDS),
      bits: new Int32Array(buffer, exports.rowWords() + ROW_WORDS * 4, ROW_WORDS),
      messages: new Int32Array(buffer, exports.rowMessages(), MAX_MESSAGES * FIELDS),
      facts: new Int32Array(buffer, exports.rowFacts(), FACTS),
      kin: new Int32Array(buffer, exports.rowKin(), KIN_NUMBERS),
      figures: new Float64Array(buffer, exports.figures(), FIGURES),
    };
  }
}
