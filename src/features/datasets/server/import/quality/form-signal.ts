import type { Report } from '../check-content';
import type { Answer } from './answer';
import type { RowSigns } from './row-signs';
import { ENOUGH_ROWS, type Signal } from './signal';

/** What an answer ends with. Full stops and their like in all scripts end a sentence, brackets and quotes close something. */
const ENDS = ['a letter', 'a digit', 'a full stop', 'a closing sign', 'another sign'] as const;
const [LETTER, DIGIT, STOP, CLOSE, OTHER] = [0, 1, 2, 3, 4] as const;
const STOPS = '.!?…。！？؟।|';
const CLOSERS = ')]}>"\'”’»`）」』';

/** An end that fewer answers than this have is unusual; below the other share it is at least not the common one. */
const RARE_END = 0.02;
const UNCOMMON_END = 0.2;
/** Where fewer answers than this end in one way, there is no common one. */
const ONE_WAY = 0.7;
/** Forms are compared where the answers are short and this share of them has one that is common. */
const SHORT = 80;
const COMMON_SHARE = 0.7;
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
    if (calls || answer.length === 0) return;
    this.rows++;
    const end = endOf(answer.last);
    this.ends[end] = (this.ends[end] as number) + 1;
    if (answer.length > SHORT) return;
    this.short++;
    const form = formOf(answer.text);
    this.forms[form] = (this.forms[form] as number) + 1;
  }

  /** Answers with the same form. */
  measure({ answer, calls }: RowSigns): number {
    if (calls || answer.length === 0 || answer.length > SHORT) return Number.NaN;
    const alike = this.forms[formOf(answer.text)] as number;
    if (alike >= this.short * COMMON) this.common++;
    return alike;
  }

  judge({ answer, calls, path }: RowSigns, alike: number, report: Report): void {
    if (calls || answer.length === 0 || this.rows < ENOUGH_ROWS) return;
    const isOdd =
      this.short > ENOUGH_ROWS && this.common >= this.short * COMMON_SHARE && alike - 1 < this.short * UNUSUAL;
    if (isOdd) report('answer_form_unusual', path, 'This answer is built unlike nearly all others.', answer.tail);
    else this.judgeEnd(answer, path, report);
  }

  private judgeEnd(answer: Answer, path: string, report: Report): void {
    const end = endOf(answer.last);
    if (end === STOP || end === CLOSE) return;
    let most = 0;
    for (let i = 1; i < ENDS.length; i++) if ((this.ends[i] as number) > (this.ends[most] as number)) most = i;
    if (end === most || (this.ends[most] as number) < this.rows * ONE_WAY) return;
    const alike = (this.ends[end] as number) - 1;
    if (alike >= this.rows * UNCOMMON_END) return;
    const how = `This answer ends with ${ENDS[end]}, most end with ${ENDS[most]}.`;
    const code = alike < this.rows * RARE_END ? 'answer_end_unusual' : 'answer_end_uncommon';
    report(code, path, how, answer.tail);
  }
}

/** @param unit  the last sign that is no white space */
function endOf(unit: number): number {
  return unit < 128 ? (ASCII_ENDS[unit] as number) : wideEnd(String.fromCharCode(unit));
}

function wideEnd(sign: string): number {
  if (STOPS.includes(sign)) return STOP;
  if (CLOSERS.includes(sign)) return CLOSE;
  return /\p{L}|\p{M}/u.test(sign) ? LETTER : CLOSE;
}

const ASCII_ENDS = Uint8Array.from({ length: 128 }, (_, unit) => {
  const sign = String.fromCharCode(unit);
  if (STOPS.includes(sign)) return STOP;
  if (CLOSERS.includes(sign)) return CLOSE;
  if (unit >= 48 && unit <= 57) return DIGIT;
  return (unit | 32) >= 97 && (unit | 32) <= 122 ? LETTER : OTHER;
});

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
