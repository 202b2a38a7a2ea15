import type { Report } from '../../../formats/check/check-content';
import type { RowEngine } from '../o200k/row-engine';
import { languageNames } from './language';
import type { RowSigns } from './row-signs';

/** What an answer ends with, by the numbers of assembly/rows/answer.ts. Full stops and their like in all scripts end a sentence, brackets and quotes close something. */
const ENDS = ['a letter', 'a digit', 'a full stop', 'a closing sign', 'another sign'] as const;
/** What is told of a row, a bit each: see assembly/rows/usual.ts. */
const TOLD = {
  ...{ nearlyEmpty: 1, length: 2, otherLanguage: 4, rareLanguage: 8 },
  ...{ form: 16, endUnusual: 32, endUncommon: 64, wordsRare: 128, wordsNoise: 256, farLonger: 512 },
  ...{ doesNotFit: 1024, fitsLoosely: 2048, labelCut: 4096, labelUnlikely: 8192 },
} as const;

/** Figures of a row that was measured: answers built alike, share of words that no other row has, fit of question and answer, odds of another label. */
export type Figures = Float64Array;

const LABEL_HEAD = 60;

const times = (logarithm: number): string => `${Math.exp(logarithm).toFixed(1)} times`;
const percent = (value: number): string => `${Math.round(value * 100)} %`;

/**
 * Answers that are unlike what is usual among the rows: in length, in language, in how they end and are built, and in their
 * words; and answers that do not go with their questions. The engine learns, measures and judges, for one file at a time; here is said what it finds.
 */
export class UsualSignals {
  constructor(private readonly engine: RowEngine) {
    engine.exports.startUsual();
  }

  learn(signs: RowSigns): void {
    this.engine.bring(signs);
    this.engine.exports.learnRow();
  }

  /** To be kept until the row is judged, when that is not at once. */
  measure(signs: RowSigns): Figures {
    this.engine.bring(signs);
    this.engine.exports.measureRow();
    return this.engine.views.figures;
  }

  judge(signs: RowSigns, figures: Figures, report: Report): void {
    const { engine } = this;
    engine.bring(signs);
    if (figures.buffer !== engine.views.buffer) engine.views.figures.set(figures);
    this.tell(engine.exports.judgeRow(), signs, report);
  }

  /** @param told  bits of what was found */
  tell(told: number, signs: RowSigns, report: Report): void {
    if (told === 0) return;
    if (told & TOLD.farLonger) this.tellTokens(report);
    if (told & (TOLD.nearlyEmpty | TOLD.length)) this.tellLength(told, signs, report);
    if (told & (TOLD.otherLanguage | TOLD.rareLanguage)) this.tellLanguage(told, signs, report);
    if (told & (TOLD.form | TOLD.endUnusual | TOLD.endUncommon)) this.tellForm(told, signs, report);
    if (told & (TOLD.wordsRare | TOLD.wordsNoise)) this.tellWords(told, signs, report);
    if (told & (TOLD.doesNotFit | TOLD.fitsLoosely)) this.tellFit(told, signs, report);
    if (told & (TOLD.labelCut | TOLD.labelUnlikely)) this.tellLabel(told, signs, report);
  }

  private tellTokens(report: Report): void {
    const { engine } = this;
    const message = `This example has ${engine.fact('tokens')} tokens; the usual one has some ${engine.exports.usualTokens()}.`;
    report('example_far_longer', '$', message);
  }

  private tellLength(told: number, { answer, answerFrom, answerTo, path }: RowSigns, report: Report): void {
    const usual = this.engine.exports.usualLength();
    if (told & TOLD.nearlyEmpty) {
      const message = `This answer has ${answerTo - answerFrom} words; the usual one has some ${usual} signs.`;
      report('answer_nearly_empty', path, message, answer.text);
      return;
    }
    const message = `This answer has ${answer.length} signs; the usual one has some ${usual}.`;
    report('answer_length_unusual', path, message, answer.head);
  }

  private tellLanguage(told: number, signs: RowSigns, report: Report): void {
    const { questionLanguage, answerLanguage, answer, path } = signs;
    const name = languageNames[answerLanguage] as string;
    if (told & TOLD.otherLanguage) {
      const message = `The question is in ${languageNames[questionLanguage]}, the answer in ${name}.`;
      report('answer_other_language', path, message, answer.head);
    }
    if (told & TOLD.rareLanguage) {
      const message = `This answer is in ${name}, most are in ${languageNames[this.engine.exports.commonLanguage()]}.`;
      report('answer_rare_language', path, message, answer.head);
    }
  }

  private tellForm(told: number, { answer, answerEnd, path }: RowSigns, report: Report): void {
    if (told & TOLD.form) {
      report('answer_form_unusual', path, 'This answer is built unlike nearly all others.', answer.tail);
      return;
    }
    const how = `This answer ends with ${ENDS[answerEnd]}, most end with ${ENDS[this.engine.exports.commonEnd()]}.`;
    report(told & TOLD.endUnusual ? 'answer_end_unusual' : 'answer_end_uncommon', path, how, answer.tail);
  }

  private tellWords(told: number, { answer, path }: RowSigns, report: Report): void {
    const { exports, views } = this.engine;
    const [, share = 0] = views.figures;
    const message = `${percent(share)} of the words of question and answer stand in no other row; ${percent(exports.usualShare())} is usual.`;
    report(told & TOLD.wordsNoise ? 'words_are_noise' : 'words_rare', path, message, answer.head);
  }

  private tellFit(told: number, { answer, path }: RowSigns, report: Report): void {
    const { exports, views } = this.engine;
    const [, , fit = 0] = views.figures;
    const message = `The question makes the words of this answer ${times(fit)} as likely as chance; ${times(exports.usualFit())} is usual here.`;
    report(told & TOLD.doesNotFit ? 'answer_does_not_fit' : 'answer_fits_loosely', path, message, answer.head);
  }

  private tellLabel(told: number, { answer: { text }, path }: RowSigns, report: Report): void {
    const { engine } = this;
    const labelOf = ({ value }: WebAssembly.Global) => engine.labelText(value);
    if (told & TOLD.labelCut) {
      const whole = labelOf(engine.exports.wholeLabel);
      report('answer_cut_off', path, `“${text}” is the beginning of the label “${whole}”.`, text);
    }
    if (!(told & TOLD.labelUnlikely)) return;
    const other = labelOf(engine.exports.likelyLabel).slice(0, LABEL_HEAD);
    const message = `Rows with the words of this question have “${other}”, not “${text.slice(0, LABEL_HEAD)}”.`;
    report('label_unlikely', path, message, text);
  }
}
