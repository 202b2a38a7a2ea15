import type { LanguageCounts } from '../o200k/row-engine';
import { WORD_LANGUAGES } from './lexicon';
import { SCRIPTS } from './text-signs';

/** Languages with a script of their own, in the order of SCRIPTS; the others are told apart by their words. */
const BY_SCRIPT: Partial<Record<(typeof SCRIPTS)[number], string>> = {
  ...{ greek: 'Greek', arabic: 'Arabic', hebrew: 'Hebrew', indic: 'an Indic language', thai: 'Thai' },
  ...{ hangul: 'Korean', kana: 'Japanese', han: 'Chinese' },
};

/** Names by number; 0 is "not known". */
export const languageNames: readonly string[] = ['', ...WORD_LANGUAGES, ...Object.values(BY_SCRIPT)];

const numberOf = (name: string) => languageNames.indexOf(name);
const scriptLanguages = SCRIPTS.map((script) => numberOf(BY_SCRIPT[script] ?? ''));
const KANA = SCRIPTS.indexOf('kana');
const HAN = SCRIPTS.indexOf('han');
const JAPANESE = numberOf('Japanese');

/** So many common words of one language make it likely, and so much more than of any other. */
const MIN_HITS = 3;
const LEAD = 1.5;

/**
 * The language of a text, or 0 where nothing says it with some certainty: a short text, a list of numbers, code.
 *
 * @param letters  by script, in the order of SCRIPTS
 * @param hits     common words by language, in the order of WORD_LANGUAGES
 */
export function languageOf({ letters, hits }: LanguageCounts): number {
  let all = 0;
  let top = 0;
  for (let i = 0; i < letters.length; i++) {
    all += letters[i] as number;
    if ((letters[i] as number) > (letters[top] as number)) top = i;
  }
  const own = scriptLanguages[top] as number;
  if (own > 0) {
    const isJapanese = top === HAN && (letters[KANA] as number) * 10 > (letters[HAN] as number);
    return (letters[top] as number) * 2 > all && all >= 4 ? (isJapanese ? JAPANESE : own) : 0;
  }
  let best = 0;
  let second = 0;
  for (let i = 1; i < hits.length; i++) {
    if ((hits[i] as number) > (hits[best] as number)) {
      second = hits[best] as number;
      best = i;
    } else if ((hits[i] as number) > second) second = hits[i] as number;
  }
  const most = hits[best] as number;
  return most >= MIN_HITS && most >= second * LEAD ? best + 1 : 0;
}
