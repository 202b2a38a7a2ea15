import type { Report } from '../../../formats/check/check-content';
import { logOf } from './log-table';
import type { RowSigns } from './row-signs';
import { sampleWords, WordSet } from './sample-words';
import { Shares } from './shares';
import { ENOUGH_ROWS, type Signal } from './signal';

/** Words of the question and of the answer that are looked at: the same ones of a text each time. */
const SAMPLE = 8;
const DOCS = 1 << 16;
const PAIRS = 1 << 20;
const MAX_COUNT = 65_535;
/** A word in more rows than this says nothing about the row it stands in. */
const EVERYWHERE = 0.6;
/** Rows added to what was seen and to what is expected, so that a few rows by chance say little. */
const DOUBT = 1.5;
/** Logarithms of how much likelier a question makes a word lie between these; a rare word of the question itself has the most. */
const LEAST = -2;
const MOST = 3;
/** Where the usual answer is hardly likelier than chance (1.4 times), an unlikely one is nothing unusual. */
const MIN_USUAL = 0.35;
const WEAK = 0.4;
const POOR = 0.1;
/** From here on only every eighth row is learned, and nothing at all where the usual answer says nothing. */
const LEARNED_WELL = 10_000;
const EVERY = 8;
const TRIED_ENOUGH = 2_500;

/**
 * Whether the words of an answer are such as go with the words of its question in the other rows: they stand in the question
 * themselves, or questions with its words have them more often (naive Bayes on pairs of words, with what the row itself
 * added taken off). An answer that belongs to another question has few of them.
 */
export class FitSignal implements Signal {
  private readonly asked = new Int32Array(DOCS);
  private readonly said = new Int32Array(DOCS);
  private readonly pairs = new Uint16Array(PAIRS);
  private readonly shares = new Shares();
  private readonly question = new WordSet();
  private readonly from = new Int32Array(SAMPLE);
  private readonly to = new Int32Array(SAMPLE);
  private rows = 0;
  private docs = 0;
  isOff = false;
  /** Whether the row at hand was learned, and has to be taken off again. */
  private own = 1;

  learn(signs: RowSigns): void {
    if (this.isOff) return;
    this.rows++;
    this.own = this.rows <= LEARNED_WELL || this.rows % EVERY === 0 ? 1 : 0;
    if (this.rows === TRIED_ENOUGH && this.usual < MIN_USUAL) this.isOff = true;
    if (this.own === 0) return;
    const { from, to } = this;
    const asked = sampleQuestion(signs, from);
    const said = sampleAnswer(signs, to);
    if (asked === 0 || said === 0) return;
    this.docs++;
    for (let i = 0; i < asked; i++) add(this.asked, doc(from[i] as number));
    for (let k = 0; k < said; k++) add(this.said, doc(to[k] as number));
    for (let i = 0; i < asked; i++)
      for (let k = 0; k < said; k++) {
        const place = pair(from[i] as number, to[k] as number);
        const seen = this.pairs[place] as number;
        if (seen < MAX_COUNT) this.pairs[place] = seen + 1;
      }
  }

  /** How much likelier than by chance the question makes the words of the answer: mean logarithm; NaN where no word says anything. */
  measure(signs: RowSigns): number {
    if (this.isOff || signs.calls) return Number.NaN;
    const { from, to, question } = this;
    const asked = sampleQuestion(signs, from);
    const said = sampleAnswer(signs, to);
    if (asked === 0 || said === 0) return Number.NaN;
    question.fill(signs.words, signs.questionFrom, signs.questionTo);
    let telling = 0;
    let sum = 0;
    for (let k = 0; k < said; k++) {
      const word = to[k] as number;
      const others = (this.said[doc(word)] as number) - this.own;
      if (others > this.docs * EVERYWHERE) continue;
      telling++;
      const likelier = question.has(word) ? this.rarity(word) : this.support(word, others, asked);
      sum += Math.max(LEAST, Math.min(MOST, likelier));
    }
    if (telling === 0) return Number.NaN;
    this.shares.add((sum / telling - LEAST) / (MOST - LEAST));
    return sum / telling;
  }

  judge({ answer, path }: RowSigns, fit: number, report: Report): void {
    if (Number.isNaN(fit) || this.shares.count < ENOUGH_ROWS) return;
    const { usual } = this;
    if (usual < MIN_USUAL || fit > usual * WEAK) return;
    const message = `The question makes the words of this answer ${times(fit)} as likely as chance; ${times(usual)} is usual here.`;
    report(fit <= usual * POOR ? 'answer_does_not_fit' : 'answer_fits_loosely', path, message, answer.head);
  }

  private get usual(): number {
    return this.shares.median * (MOST - LEAST) + LEAST;
  }

  /** How much likelier a word of the question itself is: the more so the fewer questions have it. */
  private rarity(word: number): number {
    return logOf(this.docs) - logOf((this.asked[doc(word)] as number) - this.own);
  }

  /** How much likelier the words of the question make a word of the answer, as a logarithm. */
  private support(word: number, others: number, asked: number): number {
    if (others < 1) return 0;
    let sum = 0;
    for (let i = 0; i < asked; i++) {
      const by = this.from[i] as number;
      const expected = (((this.asked[doc(by)] as number) - this.own) * others) / this.docs;
      sum += logOf((this.pairs[pair(by, word)] as number) - this.own + DOUBT) - logOf(Math.max(0, expected) + DOUBT);
    }
    return sum;
  }
}

const times = (logarithm: number): string => `${Math.exp(logarithm).toFixed(1)} times`;

const sampleQuestion = (signs: RowSigns, into: Int32Array): number =>
  sampleWords(signs, signs.questionFrom, signs.questionTo, into);

const sampleAnswer = (signs: RowSigns, into: Int32Array): number =>
  sampleWords(signs, signs.answerFrom, signs.answerTo, into);

const doc = (word: number): number => (word >>> 1) & (DOCS - 1);

function pair(asked: number, said: number): number {
  const hash = Math.imul(asked ^ (said >>> 16) ^ (said << 16), 0x9e3779b1);
  return (hash ^ (hash >>> 15)) & (PAIRS - 1);
}

function add(table: Int32Array, place: number): void {
  table[place] = (table[place] as number) + 1;
}
