import type { Report } from '../../../formats/check/check-content';
import type { Answer } from './answer';
import { logOf } from './log-table';
import type { RowSigns } from './row-signs';
import { sampleWords } from './sample-words';
import type { Signal } from './signal';

/** An answer is a label where answers are short and few texts make up nearly all of them. */
const MAX_LABEL = 80;
const MAX_LABELS = 64;
const MIN_ROWS_PER_LABEL = 5;
/** Words of the question that are looked at. */
const SAMPLE = 32;
const TABLE = 1 << 12;
/** Natural logarithm of how much likelier another label must be: twenty times. */
const SURE = 3;
/** Where more rows than this would be told of, the question does not decide the label. */
const UNDECIDED = 0.25;

interface Label {
  number: number;
  text: string;
  rows: number;
}

/**
 * Labels that the words of the question speak against: naive Bayes over the words (whether one is there), learned from the
 * other rows. Off for datasets whose answers are no labels.
 */
export class LabelSignal implements Signal {
  private readonly labels = new Map<string, Label>();
  private readonly list: Label[] = [];
  /** Rows by label and word. */
  private readonly counts = new Uint16Array(MAX_LABELS * TABLE);
  private readonly sample = new Int32Array(SAMPLE);
  private rows = 0;
  private judged = 0;
  private doubted = 0;
  isOff = false;

  learn(signs: RowSigns): void {
    if (this.isOff) return;
    this.rows++;
    const label = this.labelOf(signs);
    if (!label) return;
    label.rows++;
    const size = this.read(signs);
    for (let i = 0; i < size; i++) {
      const place = label.number * TABLE + slot(this.sample[i] as number);
      if ((this.counts[place] as number) < 65_535) this.counts[place] = (this.counts[place] as number) + 1;
    }
  }

  /** How much likelier the likeliest other label is than the row's own, as a logarithm. */
  measure(signs: RowSigns): number {
    const label = this.known(signs.answer);
    if (!label || this.list.length < 2 || this.list.length * MIN_ROWS_PER_LABEL > this.rows) return Number.NaN;
    const size = this.read(signs);
    if (size === 0) return Number.NaN;
    const odds = this.logOdds(this.likeliestOther(label, size), size, 0) - this.logOdds(label, size, 1);
    this.judged++;
    if (odds > SURE) this.doubted++;
    return odds;
  }

  judge(signs: RowSigns, odds: number, report: Report): void {
    const whole = this.wholeOf(signs.answer);
    if (whole)
      report(
        'answer_cut_off',
        signs.path,
        `“${signs.answer.text}” is the beginning of the label “${whole.text}”.`,
        signs.answer.text,
      );
    if (!(odds > SURE) || this.doubted > this.judged * UNDECIDED) return;
    const label = this.known(signs.answer);
    if (!label) return;
    const other = this.likeliestOther(label, this.read(signs));
    const message = `Rows with the words of this question have “${other.text.slice(0, 60)}”, not “${label.text.slice(0, 60)}”.`;
    report('label_unlikely', signs.path, message, signs.answer.text);
  }

  /** A commoner label that begins with this one: "posi" is what was left of "positive". */
  private wholeOf(answer: Answer): Label | undefined {
    const own = this.known(answer);
    if (!own || answer.length === 0 || this.list.length * MIN_ROWS_PER_LABEL > this.rows) return undefined;
    return this.list.find((other) => other !== own && other.rows > own.rows * 2 && other.text.startsWith(answer.text));
  }

  private known(answer: Answer): Label | undefined {
    return this.isOff || answer.length > MAX_LABEL ? undefined : this.labels.get(answer.text);
  }

  private labelOf({ answer, calls }: RowSigns): Label | null {
    const known = this.known(answer);
    if (known) return known;
    if (calls || answer.length > MAX_LABEL || this.list.length === MAX_LABELS) {
      // Answers that are no labels, or too many different ones: this dataset is not about labels.
      this.isOff = this.rows > 50 && this.others() > this.rows / 5;
      return null;
    }
    const label = { number: this.list.length, text: answer.text, rows: 0 };
    this.labels.set(answer.text, label);
    this.list.push(label);
    return label;
  }

  private others(): number {
    return this.rows - this.list.reduce((sum, { rows }) => sum + rows, 0);
  }

  private read(signs: RowSigns): number {
    return sampleWords(signs, signs.questionFrom, signs.questionTo, this.sample);
  }

  private likeliestOther(own: Label, size: number): Label {
    let best: Label | undefined;
    let most = Number.NEGATIVE_INFINITY;
    for (const label of this.list) {
      if (label === own) continue;
      const odds = this.logOdds(label, size, 0);
      if (odds <= most) continue;
      most = odds;
      best = label;
    }
    return best ?? own;
  }

  /** @param off  what the row itself added: 1 for its own label */
  private logOdds({ number, rows }: Label, size: number, off: number): number {
    const all = rows - off;
    const one = logOf(all + 0.5);
    let sum = logOf(all) - logOf(this.rows);
    for (let i = 0; i < size; i++) {
      const seen = (this.counts[number * TABLE + slot(this.sample[i] as number)] as number) - off;
      sum += logOf(Math.max(0, seen)) - one;
    }
    return sum;
  }
}

const slot = (word: number): number => (word >>> 1) & (TABLE - 1);
