import type { Report } from '../../../formats/check/check-content';
import { findPersonalData } from '../../../personal-data.rules';
import { WORD } from './lexicon';
import { SEEN, type TextSigns } from './text-signs';

/** Longer texts are searched for markup and personal data up to here: a row is told of once, not counted through. */
const MAX_SEARCHED = 1 << 18;
/** Fewer digits in a row are no number of a person. */
const MIN_DIGITS = 8;
/** Shorter words of letters and digits are no key. */
const MIN_KEY = 10;

/**
 * UTF-8 that was read as Latin-1 or Windows-1252: Ã© for é, â€™ for ’, ðŸ for the start of an emoji, and runs of Ð or Ñ with
 * signs for Cyrillic. The second bytes of UTF-8 (0x80 to 0xBF) look like this in the two.
 */
const SECOND =
  '\\u0080-\\u00bf\\u0152\\u0153\\u0160\\u0161\\u0178\\u017d\\u017e\\u0192\\u02c6\\u02dc\\u2013\\u2014\\u2018-\\u201e\\u2020-\\u2022\\u2026\\u2030\\u2039\\u203a\\u20ac\\u2122';
const MOJIBAKE = new RegExp(
  `[\\u00c2\\u00c3\\u00c4\\u00c5][\\u0080-\\u009f\\u00a1-\\u00ba\\u00bc-\\u00bf\\u0152\\u0153\\u0160\\u0161\\u0178\\u017d\\u017e\\u0192\\u20ac\\u2122]` +
    `|\\u00e2[\\u0080\\u20ac][${SECOND}]|\\u00f0[\\u009f\\u0178][${SECOND}]|(?:[\\u00d0\\u00d1][${SECOND}]){3}`,
);

const TAG =
  /<\/?(?:p|br|div|span|font|strong|em|b|i|u|a|ul|ol|li|table|tr|td|th|tbody|h[1-6]|img|script|style|iframe|html|body|center|hr|sup|sub)(?:\s[^<>]{0,300})?\/?>|&(?:nbsp|amp|lt|gt|quot|apos|#\d{2,5}|#x[\da-f]{2,4});/i;
/** Code is quoted, so what it is made of is no residue. An unclosed block goes on to the end. */
const QUOTED = /```[\s\S]*?(?:```|$)|`[^`\n]{1,200}`/g;

/** Where a text stands in its row. */
export interface TextPlace {
  index: number;
  role: string;
  /** The texts of calls stand elsewhere in the message. */
  key: 'content' | 'tool_calls';
}

const pathOf = ({ index, key }: TextPlace): string => `messages[${index}].${key}`;

/** Whether a look at the text itself is worth its price. */
export function isWorthChecking(signs: TextSigns, role: string): boolean {
  if (signs.seen & SEEN.damage || (signs.seen & SEEN.angle && role !== 'tool')) return true;
  return mayHoldPersonalData(signs) || (signs.seen & SEEN.dash) !== 0;
}

/**
 * What can be wrong with one text whatever it says: signs that were damaged, markup that was left in, secrets and personal
 * data.
 */
export function checkText(text: string, signs: TextSigns, at: TextPlace, report: Report): void {
  const { seen } = signs;
  if (seen & SEEN.damage) {
    const found = MOJIBAKE.exec(text);
    if (found)
      report(
        'mojibake',
        pathOf(at),
        `“${found[0]}” is what UTF-8 looks like when it is read as another encoding.`,
        around(text, found.index),
      );
  }
  // What tools answer often is a page, and is not what the model learns to write.
  if (seen & SEEN.angle && at.role !== 'tool') {
    const searched = cut(text);
    const found = TAG.exec(seen & SEEN.backtick ? searched.replace(QUOTED, ' ') : searched);
    if (found)
      report(
        'markup_residue',
        pathOf(at),
        `${found[0].slice(0, 40)} was left in the text.`,
        around(text, text.indexOf(found[0])),
      );
  }
  if (mayHoldPersonalData(signs) || (seen & SEEN.dash && text.includes('-----BEGIN')))
    checkPersonalData(text, pathOf(at), report);
}

function mayHoldPersonalData({ seen, digits, mixed, bits }: TextSigns): boolean {
  return (seen & SEEN.at) !== 0 || digits >= MIN_DIGITS || mixed >= MIN_KEY || (bits & WORD.secret) !== 0;
}

const NAMES = {
  secret: 'a secret',
  mail: 'a mail address',
  iban: 'an IBAN',
  card: 'a card number',
  phone: 'a phone number',
};

function checkPersonalData(text: string, path: string, report: Report): void {
  const searched = cut(text);
  const found = findPersonalData(searched);
  for (const secret of [true, false]) {
    const some = found.filter(({ kind }) => (kind === 'secret') === secret);
    const [first] = some;
    if (!first) continue;
    const more = some.length > 1 ? ` and ${some.length - 1} more like it` : '';
    // The report masks what it shows.
    report(
      secret ? 'secret_found' : 'personal_data',
      path,
      `This text holds ${NAMES[first.kind]}${more}.`,
      around(searched, first.start),
    );
  }
}

const cut = (text: string): string => (text.length > MAX_SEARCHED ? text.slice(0, MAX_SEARCHED) : text);

/** The text from the beginning of its line, or from a little before the place. */
function around(text: string, index: number): string {
  const from = Math.max(0, index - 60, text.lastIndexOf('\n', index) + 1);
  return `${from > 0 ? '…' : ''}${text.slice(from, from + 4000)}`;
}
