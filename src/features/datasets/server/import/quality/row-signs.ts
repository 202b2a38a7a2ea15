import type { Report } from '../../../formats/check/check-content';
import type { Example } from '../../../formats/check/example';
import type { RowEngine } from '../o200k/row-engine';
import { Answer } from './answer';
import { checkAnswer } from './check-answer';
import { checkText, isWorthChecking, type TextPlace } from './check-text';
import type { TextSigns } from './text-signs';

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
  answer: Answer;
  /** Where the answer stands in its row. */
  path: string;
  /** Numbers of language.ts. */
  questionLanguage: number;
  answerLanguage: number;
  /** How the answer ends: see usual-signals.ts. */
  answerEnd: number;
  /** All that the engine knows of the row. */
  facts: Int32Array;
  /** What the lexicon says of all words of the answer in one, and of the last one. */
  answerBits: number;
  lastBits: number;
  /** The answer is a call of a tool. */
  calls: boolean;
  /** Something is asked: a message of a user or tool stands before the answer. */
  asks: boolean;
}

const NOTHING = new Int32Array(0);

/** Reads rows one after the other; what it gives is good until the next one. */
export class SignReader {
  private cleanPrompt = '';
  private readonly place: TextPlace = { index: 0, role: '', key: 'content' };
  private readonly signs: RowSigns;

  constructor(private readonly engine: RowEngine) {
    this.signs = {
      ...{ words: NOTHING, bits: NOTHING, facts: NOTHING, count: 0, path: '', answer: new Answer(engine) },
      ...{ questionFrom: 0, questionTo: 0, answerFrom: 0, answerTo: 0, questionLanguage: 0, answerLanguage: 0 },
      ...{ answerEnd: 0, answerBits: 0, lastBits: 0, calls: false, asks: false },
    };
  }

  /** Reports what is wrong with each text and with the answer, as far as the row alone tells. */
  read({ messages }: Example, report: Report): RowSigns {
    const { engine } = this;
    engine.begin();
    const last = messages.length - 1;
    let question = last - 1;
    while (question >= 0 && messages[question]?.role !== 'user') question--;
    engine.keepFacts({ questionFrom: 0, questionTo: 0, questionLanguage: 0, asks: question >= 0 ? 1 : 0 });
    for (let i = 0; i <= last; i++) {
      const message = messages[i];
      if (!message) continue;
      const { role, text, calls } = message;
      this.placeAt(i, role);
      if (role === 'system' || role === 'developer') {
        this.readPrompt(text, report);
        continue;
      }
      const from = engine.count;
      const { bits } = this.readText(text, i >= question, report);
      if (i === question)
        engine.keepFacts({ questionFrom: from, questionTo: engine.count, questionLanguage: engine.exports.language() });
      else if (i === last) this.readAnswer(text, from, bits, calls !== null);
      else if (role === 'tool') engine.keepFacts({ asks: 1 });
      if (calls) this.readCalls(calls, report);
    }
    engine.keepFacts({ words: engine.count });
    return this.finish(last, report);
  }

  /** The same of the row that the engine has read as a whole. */
  readPlain(messages: number, roles: readonly string[], report: Report): RowSigns {
    const { engine, signs } = this;
    const last = messages - 1;
    for (let i = 0; i <= last; i++) {
      const found = engine.signsOf(i);
      const role = roles[i] as string;
      const isPrompt = role === 'system' || role === 'developer';
      if (isWorthChecking(found, role)) {
        this.placeAt(i, role);
        let faults = 0;
        checkText(engine.textOf(i), found, this.place, (...what) => {
          faults++;
          report(...what);
        });
        if (isPrompt && faults === 0) engine.keepPrompt(i);
      } else if (isPrompt && found.seen !== 0) engine.keepPrompt(i);
    }
    signs.answer.takeFrom(last);
    signs.answerBits = engine.field(last, 7);
    return this.finish(last, report);
  }

  private finish(last: number, report: Report): RowSigns {
    const { engine, signs } = this;
    const { words, bits, facts } = engine.views;
    signs.words = words;
    signs.bits = bits;
    signs.facts = facts;
    signs.count = engine.fact('words');
    signs.questionFrom = engine.fact('questionFrom');
    signs.questionTo = engine.fact('questionTo');
    signs.answerFrom = engine.fact('answerFrom');
    signs.answerTo = engine.fact('answerTo');
    signs.questionLanguage = engine.fact('questionLanguage');
    signs.answerLanguage = engine.fact('answerLanguage');
    signs.answerEnd = engine.fact('end');
    signs.lastBits = engine.fact('lastBits');
    signs.calls = engine.fact('calls') !== 0;
    signs.asks = engine.fact('asks') !== 0;
    signs.path = pathOf(last);
    checkAnswer(signs, report);
    return signs;
  }

  private placeAt(index: number, role: string): void {
    this.place.index = index;
    this.place.role = role;
    this.place.key = 'content';
  }

  /** System prompts come back in every row: one that is as the last one was, and had nothing wrong, is not read again. */
  private readPrompt(text: string, report: Report): void {
    if (text === this.cleanPrompt) return;
    const from = this.engine.count;
    let faults = 0;
    this.readText(text, false, (...what) => {
      faults++;
      report(...what);
    });
    this.engine.cut(from);
    if (faults === 0) this.cleanPrompt = text;
  }

  /** @param known  whether the lexicon is asked about the words: what is only compared with other rows goes without */
  private readText(text: string, known: boolean, report: Report): TextSigns {
    const signs = this.engine.readText(text, known);
    if (isWorthChecking(signs, this.place.role)) checkText(text, signs, this.place, report);
    return signs;
  }

  private readAnswer(text: string, from: number, bits: number, calls: boolean): void {
    const { signs, engine } = this;
    const { count } = engine;
    engine.takeAnswer();
    engine.keepFacts({
      ...{ answerFrom: from, answerTo: count, answerLanguage: engine.exports.language(), calls: calls ? 1 : 0 },
      lastBits: count > from ? (engine.views.bits[count - 1] as number) : 0,
    });
    signs.answer.take(text);
    signs.answerBits = bits;
  }

  /** Arguments of calls are searched as texts are; their words say nothing about the conversation. */
  private readCalls(calls: readonly { args: string }[], report: Report): void {
    const from = this.engine.count;
    this.place.key = 'tool_calls';
    for (const { args } of calls) {
      this.readText(args, true, report);
      this.engine.cut(from);
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
  facts: signs.facts.slice(),
  answer: signs.answer.kept(),
});
