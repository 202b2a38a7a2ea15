import type { Report } from '../check-content';
import type { Example } from '../example';
import { checkAnswer } from './check-answer';
import { checkText, type TextPlace } from './check-text';
import { languageOf } from './language';
import { Lexicon, WORD_LANGUAGES } from './lexicon';
import { TextScan } from './text-scan';

/** What the checks look at: the words of one row, and what its last question and answer are like. */
export interface RowSigns {
  /** All words but those of system prompts, as hashes; and what the lexicon says of each. */
  words: Int32Array;
  bits: Int32Array;
  count: number;
  /** Places of the last question and the last answer in the words. */
  questionFrom: number;
  questionTo: number;
  answerFrom: number;
  answerTo: number;
  answer: string;
  /** Where the answer stands in its row. */
  path: string;
  /** Numbers of language.ts. */
  questionLanguage: number;
  answerLanguage: number;
  /** What the lexicon says of all words of the answer in one, and of the last one. */
  answerBits: number;
  lastBits: number;
  /** The answer is a call of a tool. */
  calls: boolean;
  /** Something is asked: a message of a user or tool stands before the answer. */
  asks: boolean;
}

const lexicon = new Lexicon();

/** Reads rows one after the other; what `read` gives is good until the next one. */
export class SignReader {
  private readonly scan = new TextScan();
  private readonly hits = new Int32Array(WORD_LANGUAGES.length);
  private bits = new Int32Array(1 << 10);
  private allBits = 0;
  private cleanPrompt = '';
  private readonly place: TextPlace = { index: 0, role: '', key: 'content' };
  private readonly signs: RowSigns = {
    ...{
      words: this.scan.words,
      bits: this.bits,
      count: 0,
      questionFrom: 0,
      questionTo: 0,
      answerFrom: 0,
      answerTo: 0,
    },
    ...{
      answer: '',
      path: '',
      questionLanguage: 0,
      answerLanguage: 0,
      answerBits: 0,
      lastBits: 0,
      calls: false,
      asks: false,
    },
  };

  /** Reports what is wrong with each text and with the answer, as far as the row alone tells. */
  read({ messages }: Example, report: Report): RowSigns {
    const { scan, signs } = this;
    scan.clear();
    const last = messages.length - 1;
    let question = last - 1;
    while (question >= 0 && messages[question]?.role !== 'user') question--;
    signs.questionFrom = 0;
    signs.questionTo = 0;
    signs.questionLanguage = 0;
    signs.asks = question >= 0;
    for (let i = 0; i <= last; i++) {
      const message = messages[i];
      if (!message) continue;
      const { role, text, calls } = message;
      this.place.index = i;
      this.place.role = role;
      this.place.key = 'content';
      if (role === 'system' || role === 'developer') {
        this.readPrompt(text, report);
        continue;
      }
      const from = scan.count;
      this.readText(text, i >= question, report);
      if (i === question) {
        signs.questionFrom = from;
        signs.questionTo = scan.count;
        signs.questionLanguage = languageOf(scan.letters, this.hits);
      } else if (i === last) this.readAnswer(text, from, calls !== null);
      else if (role === 'tool') signs.asks = true;
      if (calls) this.readCalls(calls, report);
    }
    signs.words = scan.words;
    signs.bits = this.bits;
    signs.count = scan.count;
    signs.path = pathOf(last);
    checkAnswer(signs, report);
    return signs;
  }

  /** System prompts come back in every row: one that is as the last one was, and had nothing wrong, is not read again. */
  private readPrompt(text: string, report: Report): void {
    if (text === this.cleanPrompt) return;
    const from = this.scan.count;
    let faults = 0;
    this.readText(text, false, (...what) => {
      faults++;
      report(...what);
    });
    this.scan.count = from;
    if (faults === 0) this.cleanPrompt = text;
  }

  /** @param known  whether the lexicon is asked about the words: what is only compared with other rows goes without */
  private readText(text: string, known: boolean, report: Report): void {
    const { scan, hits } = this;
    const from = scan.count;
    scan.read(text);
    if (this.bits.length < scan.words.length) {
      const more = new Int32Array(scan.words.length);
      more.set(this.bits);
      this.bits = more;
    }
    let all = 0;
    if (known) {
      hits.fill(0);
      all = this.lookUp(from, scan.count);
    }
    this.allBits = all;
    checkText(text, scan, all, this.place, report);
  }

  /** Notes what the lexicon says of each word, and counts the languages. @returns all bits in one */
  private lookUp(from: number, to: number): number {
    const { hits } = this;
    const { words } = this.scan;
    let all = 0;
    for (let i = from; i < to; i++) {
      const bits = lexicon.get(words[i] as number);
      this.bits[i] = bits;
      if (bits === 0) continue;
      all |= bits;
      for (let rest = bits & 0xffff; rest !== 0; rest &= rest - 1) {
        const language = 31 - Math.clz32(rest & -rest);
        hits[language] = (hits[language] as number) + 1;
      }
    }
    return all;
  }

  private readAnswer(text: string, from: number, calls: boolean): void {
    const { signs, scan } = this;
    signs.answer = text;
    signs.answerFrom = from;
    signs.answerTo = scan.count;
    signs.answerLanguage = languageOf(scan.letters, this.hits);
    signs.answerBits = this.allBits;
    signs.lastBits = scan.count > from ? (this.bits[scan.count - 1] as number) : 0;
    signs.calls = calls;
  }

  /** Arguments of calls are searched as texts are; their words say nothing about the conversation. */
  private readCalls(calls: readonly { args: string }[], report: Report): void {
    const from = this.scan.count;
    this.place.key = 'tool_calls';
    for (const { args } of calls) {
      this.readText(args, true, report);
      this.scan.count = from;
    }
  }
}

const paths: string[] = [];

/** The same text each time: it is needed for every row, and said of few. */
function pathOf(index: number): string {
  if (index > 99) return `messages[${index}].content`;
  paths[index] ??= `messages[${index}].content`;
  return paths[index];
}

/** A copy that stays as it is while the next rows are read. */
export const keepSigns = (signs: RowSigns): RowSigns => ({
  ...signs,
  words: signs.words.slice(0, signs.count),
  bits: signs.bits.slice(0, signs.count),
});
