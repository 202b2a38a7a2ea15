import type { Report } from '../check-content';
import { Shares } from './moments';
import type { RowSigns } from './row-signs';
import { ENOUGH_ROWS, type Signal } from './signal';

/** A megabyte of counts, entered by the word's hash. */
const TABLE = 1 << 20;
/** From here on only every fourth row is learned: by then the table knows the words. */
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

/** Words that stand in no other row, more of them than is usual: signs that were mixed up, another subject, or noise. */
export class WordSignal implements Signal {
  private readonly counts = new Uint8Array(TABLE);
  private readonly shares = new Shares();
  private rows = 0;
  /** Whether the row at hand was learned, and has to be taken off again. */
  private own = 1;
  /** Words of the row at hand, and those of them that no other row has. */
  private all = 0;
  private fresh = 0;

  learn({ words, questionFrom, questionTo, answerFrom, answerTo }: RowSigns): void {
    this.rows++;
    this.own = this.rows <= LEARNED_WELL || this.rows % EVERY === 0 ? 1 : 0;
    if (this.own === 0) return;
    this.count(words, questionFrom, questionTo);
    this.count(words, answerFrom, answerTo);
  }

  /** Share of the words, numbers aside, that no other row has. */
  measure({ words, questionFrom, questionTo, answerFrom, answerTo }: RowSigns): number {
    this.all = 0;
    this.fresh = 0;
    this.look(words, questionFrom, questionTo);
    this.look(words, answerFrom, answerTo);
    if (this.all < MIN_WORDS) return Number.NaN;
    const share = this.fresh / this.all;
    this.shares.add(share);
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

  private count(words: Int32Array, from: number, to: number): void {
    const { counts } = this;
    for (let i = from; i < to; i++) {
      const place = ((words[i] as number) >>> 1) & (TABLE - 1);
      const seen = counts[place] as number;
      if (seen < 255) counts[place] = seen + 1;
    }
  }

  private look(words: Int32Array, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const word = words[i] as number;
      // Numbers are new as a rule.
      if (word & 1) continue;
      this.all++;
      if ((this.counts[(word >>> 1) & (TABLE - 1)] as number) <= this.own) this.fresh++;
    }
  }
}
