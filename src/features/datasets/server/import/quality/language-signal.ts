import type { Report } from '../check-content';
import { languageNames } from './language';
import type { RowSigns } from './row-signs';
import { ENOUGH_ROWS, type Signal } from './signal';

/** Where this many answers are in another language than their question, translating is the task. */
const SWITCHES_ARE_USUAL = 0.2;
/** A language of fewer rows is rare where one language has the most. */
const RARE = 0.02;
const MOST = 0.9;

/** Answers in another language than their question, or than nearly all other answers. */
export class LanguageSignal implements Signal {
  private readonly answers = new Int32Array(languageNames.length);
  private known = 0;
  private pairs = 0;
  private switches = 0;

  learn({ questionLanguage, answerLanguage }: RowSigns): void {
    if (answerLanguage === 0) return;
    this.known++;
    this.answers[answerLanguage] = (this.answers[answerLanguage] as number) + 1;
    if (questionLanguage === 0) return;
    this.pairs++;
    if (questionLanguage !== answerLanguage) this.switches++;
  }

  measure(): number {
    return Number.NaN;
  }

  judge({ questionLanguage: asked, answerLanguage, answer, path }: RowSigns, _: number, report: Report): void {
    if (answerLanguage === 0 || this.known < ENOUGH_ROWS) return;
    const name = languageNames[answerLanguage] as string;
    if (asked !== 0 && asked !== answerLanguage && this.switches < this.pairs * SWITCHES_ARE_USUAL)
      report(
        'answer_other_language',
        path,
        `The question is in ${languageNames[asked]}, the answer in ${name}.`,
        answer.head,
      );
    if ((this.answers[answerLanguage] as number) >= this.known * RARE) return;
    const most = this.answers.indexOf(Math.max(...this.answers));
    if ((this.answers[most] as number) >= this.known * MOST)
      report(
        'answer_rare_language',
        path,
        `This answer is in ${name}, most are in ${languageNames[most]}.`,
        answer.head,
      );
  }
}
