import type { Report } from '../check-content';
import type { RowEngine } from '../o200k/row-engine';
import { Shares } from './moments';
import type { RowSigns } from './row-signs';
import { ENOUGH_ROWS, type Signal } from './signal';

/** From here on only every fourth row is learned: by then the words are known. */
const LEARNED_WELL = 20_000;
const EVERY = 4;
/** Fewer words say nothing. */
const MIN_WORDS = 4;
/** How much more than usual of the words must be new: for rare words, and for noise. */
const RARE = { factor: 2.5, more: 0.15 };
const NOISE = { factor: 4, more: 0.35 };

const isMore = (share: number, median: number, { factor, more }: typeof RARE): boolean =>
  share >= Math.max(median * factor, median + more);

const percent = (value: number): string => `${Math.round(value * 100)} %`;

/**
 * Words that stand in no other row, more of them than is usual: signs that were mixed up, another subject, or noise. The
 * engine counts in how many rows words stand, for one file at a time (assembly/rows/word-shares.ts).
 */
export class WordSignal implements Signal {
  private readonly shares = new Shares();
  private rows = 0;
  /** Whether the row at hand was learned, and has to be taken off again. */
  private own = 1;

  constructor(private readonly engine: RowEngine) {
    engine.exports.forgetCounts();
  }

  learn({ words, count, questionFrom, questionTo, answerFrom, answerTo }: RowSigns): void {
    const { engine } = this;
    this.rows++;
    this.own = this.rows <= LEARNED_WELL || this.rows % EVERY === 0 ? 1 : 0;
    if (this.own === 0) return;
    engine.bringWords(words, count);
    engine.exports.countWords(questionFrom, questionTo);
    engine.exports.countWords(answerFrom, answerTo);
  }

  /** Share of the words, numbers aside, that no other row has. */
  measure({ words, count, questionFrom, questionTo, answerFrom, answerTo }: RowSigns): number {
    const { engine, own } = this;
    engine.bringWords(words, count);
    const share = engine.exports.freshShare(questionFrom, questionTo, answerFrom, answerTo, own, MIN_WORDS);
    if (!Number.isNaN(share)) this.shares.add(share);
    return share;
  }

  judge({ answer, path }: RowSigns, share: number, report: Report): void {
    if (Number.isNaN(share) || this.shares.count < ENOUGH_ROWS) return;
    const { median } = this.shares;
    if (!isMore(share, median, RARE)) return;
    const message = `${percent(share)} of the words of question and answer stand in no other row; ${percent(median)} is usual.`;
    const code = isMore(share, median, NOISE) ? 'words_are_noise' : 'words_rare';
    report(code, path, message, answer.head);
  }
}
