import type { Report } from '../check-content';
import { Moments } from './moments';
import type { RowSigns } from './row-signs';
import { ENOUGH_ROWS, type Signal } from './signal';

/** Distances from the mean of the logarithm, in standard deviations, beyond which a length is unusual. */
const FAR = 4;
/** Lengths that hardly differ would make any other unusual: the spread counts as at least this, a factor of 1.4. */
const MIN_SPREAD = 0.35;
/** So short an answer says next to nothing where the usual one has so many words. */
const FEW_WORDS = 2;
const MANY_WORDS = 12;

/** Answers that are far longer or shorter than the others. Lengths are judged by their logarithm, as they spread that way. */
export class LengthSignal implements Signal {
  private readonly lengths = new Moments();

  learn({ answer, calls }: RowSigns): void {
    if (!calls) this.lengths.add(Math.log(answer.length + 1));
  }

  measure({ answer, calls }: RowSigns): number {
    return calls ? Number.NaN : Math.log(answer.length + 1);
  }

  judge({ answer, answerFrom, answerTo, path }: RowSigns, value: number, report: Report): void {
    const { count, mean, deviation } = this.lengths;
    const usual = Math.round(Math.exp(mean));
    const words = answerTo - answerFrom;
    if (count < ENOUGH_ROWS) return;
    if (words <= FEW_WORDS && usual / 6 >= MANY_WORDS) {
      const message = `This answer has ${words} words; the usual one has some ${usual} signs.`;
      report('answer_nearly_empty', path, message, answer.text);
    } else if (Math.abs(value - mean) > FAR * Math.max(MIN_SPREAD, deviation)) {
      const message = `This answer has ${answer.length} signs; the usual one has some ${usual}.`;
      report('answer_length_unusual', path, message, answer.head);
    }
  }
}
