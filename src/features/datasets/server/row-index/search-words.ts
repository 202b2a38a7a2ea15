import { Prisma } from '@/platform/db/generated/client';

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Scripts that do not put spaces between words, and their like: there a text is looked for wherever it stands. */
const WITHOUT_CASE = /[\p{Lo}\p{Lm}]/u;
const ASCII = /^[\w]+$/;
const MAX_WORDS = 20;

/** The words a row must have, all of them, in any order. None: the search is for signs only. */
export const searchWords = (search: string): string[] => [...new Set(search.match(WORD) ?? [])].slice(0, MAX_WORDS);

/**
 * Rows are stored as they arrived, so words are looked for as JSON may have written them: plain, or with \u escapes, whole,
 * in capitals or small letters. A search without any word looks for its signs as they stand.
 */
export function containing(search: string): Prisma.Sql {
  const words = searchWords(search);
  return Prisma.join(words.length > 0 ? words.map(hasWord) : [hasText(search)], ' AND ');
}

function hasWord(word: string): Prisma.Sql {
  if (WITHOUT_CASE.test(word)) return hasText(word);
  // The C collation folds the letters of ASCII at a third of the price; what it lets through is looked at closely.
  const text = ASCII.test(word) ? Prisma.sql`e.body COLLATE "C"` : Prisma.sql`e.body`;
  const spellings = spellingsOf(word).map((spelling) => spelling.replaceAll('\\', '\\\\'));
  const pattern = `(^|[^[:alnum:]]|\\\\[bfnrt]|\\\\u[0-9a-f]{4})(${spellings.join('|')})($|[^[:alnum:]])`;
  return Prisma.sql`${text} ILIKE ANY (${likePatterns(word)}) AND e.body ~* ${pattern}`;
}

const hasText = (text: string): Prisma.Sql => Prisma.sql`e.body ILIKE ANY (${likePatterns(text)})`;

const likePatterns = (text: string): string[] =>
  spellingsOf(text).map((spelling) => `%${spelling.replace(/[\\%_]/g, '\\$&')}%`);

function spellingsOf(text: string): string[] {
  const plain = JSON.stringify(text).slice(1, -1);
  const escaped = plain.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [...new Set([plain, escaped])];
}
