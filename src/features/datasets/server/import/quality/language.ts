import { WORD_LANGUAGES } from './lexicon';

/** Languages with a script of their own, in the order of the scripts from Greek on (text-signs.ts); the others are told apart by their words. */
const BY_SCRIPT = ['Greek', 'Arabic', 'Hebrew', 'an Indic language', 'Thai', 'Korean', 'Japanese', 'Chinese'];

/** Names by number (assembly/rows/language.ts tells them apart); 0 is "not known". */
export const languageNames: readonly string[] = ['', ...WORD_LANGUAGES, ...BY_SCRIPT];
