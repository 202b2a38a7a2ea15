import type { Report } from '../check-content';
import type { RowSigns } from './row-signs';
import { ENOUGH_ROWS, type Signal } from './signal';

/** What an answer ends with. Full stops and their like in all scripts end a sentence, brackets and quotes close something. */
const ENDS = ['letter', 'digit', 'stop', 'close', 'other'] as const;
const [LETTER, DIGIT, STOP, CLOSE, OTHER] = [0, 1, 2, 3, 4];
const STOPS = '.!?…。！？؟।|';
const CLOSERS = ')]}>"\'”’»`）」』';

/** An end that fewer answers than this have is unusual. */
const RARE_END = 0.02;
/** Forms are compared where the answers are short and this share of them has one that is common. */
const SHORT = 80;
const COMMON_SHARE = 0.85;
/** A form is common from this share of the answers on, and unusual below the other one. */
const COMMON = 0.02;
const UNUSUAL = 0.004;
const TABLE = 1 << 12;

/** Answers that end unlike nearly all others (most often because they were cut off), or are built unlike them. */
export class FormSignal implements Signal {
  private readonly ends = new Int32Array(ENDS.length);
  private readonly forms = new Int32Array(TABLE);
  private rows = 0;
  private short = 0;
  private common = 0;

  learn({ answer, calls }: RowSigns): void {
    if (calls || answer === '') return;
    this.rows++;
    const end = endOf(answer);
    this.ends[end] = (this.ends[end] as number) + 1;
    if (answer.length > SHORT) return;
    this.short++;
    const form = formOf(answer);
    this.forms[form] = (this.forms[form] as number) + 1;
  }

  /** Answers with the same form. */
  measure({ answer, calls }: RowSigns): number {
    if (calls || answer === '' || answer.length > SHORT) return Number.NaN;
    const alike = this.forms[formOf(answer)] as number;
    if (alike >= this.short * COMMON) this.common++;
    return alike;
  }

  judge({ answer, calls, path }: RowSigns, alike: number, report: Report): void {
    if (calls || answer === '' || this.rows < ENOUGH_ROWS) return;
    const end = endOf(answer);
    const shown = answer.length > 100 ? `…${answer.slice(-100)}` : answer;
    if (end !== STOP && end !== CLOSE && (this.ends[end] as number) - 1 < this.rows * RARE_END) {
      const usual = ENDS[this.ends.indexOf(Math.max(...this.ends))];
      report(
        'answer_end_unusual',
        path,
        `This answer ends with ${WORDS[ENDS[end] as keyof typeof WORDS]}, most end with ${WORDS[usual as keyof typeof WORDS]}.`,
        shown,
      );
    } else if (this.short > ENOUGH_ROWS && this.common >= this.short * COMMON_SHARE && alike - 1 < this.short * UNUSUAL)
      report('answer_form_unusual', path, 'This answer is built unlike nearly all others.', shown);
  }
}

const WORDS = {
  letter: 'a letter',
  digit: 'a digit',
  stop: 'a full stop',
  close: 'a closing sign',
  other: 'another sign',
};

function endOf(answer: string): number {
  let at = answer.length - 1;
  while (at > 0 && answer.charCodeAt(at) <= 32) at--;
  const sign = answer[at] as string;
  if (STOPS.includes(sign)) return STOP as number;
  if (CLOSERS.includes(sign)) return CLOSE as number;
  const unit = sign.charCodeAt(0);
  if (unit >= 48 && unit <= 57) return DIGIT as number;
  return (unit | 32) >= 97 && (unit | 32) <= 122 ? (LETTER as number) : unit < 128 ? (OTHER as number) : wideEnd(sign);
}

const wideEnd = (sign: string): number => (/\p{L}|\p{M}/u.test(sign) ? (LETTER as number) : (CLOSE as number));

/** A number for how a short answer is built: runs of letters and of digits count as one sign, others as they are. */
function formOf(answer: string): number {
  let hash = 0x811c9dc5 | 0;
  let before = 0;
  for (let i = 0; i < answer.length; i++) {
    const unit = answer.charCodeAt(i);
    const isLetter = ((unit | 32) >= 97 && (unit | 32) <= 122) || unit > 0xbf;
    const sign = isLetter ? 97 : unit >= 48 && unit <= 57 ? 48 : unit;
    const runs = sign === 97 || sign === 48;
    if (!runs || sign !== before) hash = Math.imul(hash ^ sign, 0x01000193);
    before = sign;
  }
  return (hash ^ (hash >>> 15)) & (TABLE - 1);
}
