import { isCardNumber, isIban, isPhoneNumber } from './number-checks.rules';

/** What must not reach a model: who somebody is, how to reach or bill him, and what opens a door. */
export const personalDataKinds = ['secret', 'mail', 'iban', 'card', 'phone'] as const;
export type PersonalDataKind = (typeof personalDataKinds)[number];

/** A place in a text, in UTF-16 units: `text.slice(start, end)` is what was found. */
export interface PersonalDatum {
  kind: PersonalDataKind;
  start: number;
  end: number;
}

/** What stands in the place of a find. None of these is a find itself. */
const WORDS: Record<PersonalDataKind, string> = {
  secret: '[secret]',
  mail: '[mail address]',
  iban: '[IBAN]',
  card: '[card number]',
  phone: '[phone number]',
};

interface Finder {
  kind: PersonalDataKind;
  /** One of these must be in the text; looking for them costs next to nothing. Left out: any text with a digit. */
  needs?: readonly string[];
  pattern: RegExp;
  accept?(found: string, text: string, start: number): boolean;
}

const mixed = (text: string): boolean => /\d/.test(text) && /[a-z]/i.test(text);

/**
 * Prefixes are those that the issuers document for their keys and that secret scanners look for.
 * Quantifiers are bounded, so no text takes more than linear time.
 */
const finders: readonly Finder[] = [
  {
    kind: 'secret',
    needs: ['-----BEGIN '],
    pattern:
      /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----[\s\S]{0,20000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  },
  {
    kind: 'secret',
    needs: [
      'sk-',
      'sk_',
      'rk_',
      'gh',
      'github_pat_',
      'glpat-',
      'xox',
      'hf_',
      'npm_',
      'pypi-',
      'SG.',
      'dop_v1_',
      'shpat_',
    ],
    pattern:
      /(?<![\w-])(?:sk-[\w-]{20,200}|[sr]k_(?:live|test)_\w{16,200}|gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255}|glpat-[\w-]{20,100}|xox[abeprs]-[\w-]{10,250}|hf_[A-Za-z0-9]{30,60}|npm_[A-Za-z0-9]{36}|pypi-[\w-]{50,250}|SG\.[\w-]{20,30}\.[\w-]{40,60}|dop_v1_[a-f0-9]{64}|shpat_[a-fA-F0-9]{32})(?![\w-])/g,
    accept: mixed,
  },
  { kind: 'secret', needs: ['AKIA', 'ASIA'], pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g },
  { kind: 'secret', needs: ['AIza'], pattern: /(?<![\w-])AIza[\w-]{35}(?![\w-])/g },
  { kind: 'secret', needs: ['eyJ'], pattern: /(?<![\w-])eyJ[\w-]{8,4000}\.eyJ[\w-]{8,8000}\.[\w-]{16,1000}/g },
  { kind: 'secret', needs: ['earer '], pattern: /(?<=\b[Bb]earer )[\w.~+/-]{20,2000}={0,2}/g, accept: mixed },
  // A password in an address: only the password goes.
  { kind: 'secret', needs: ['://'], pattern: /(?<=:\/\/[^\s:/@"'<>]{1,64}:)[^\s:/@"'<>[\]]{3,128}(?=@)/g },
  {
    kind: 'secret',
    needs: ['=', ':'],
    pattern:
      /(?<=(?:api[_-]?key|secret[_-]?key|access[_-]?key|client[_-]?secret|auth[_-]?token|access[_-]?token|password|passwd|secret|token)["']?\s{0,3}[=:]\s{0,3}["']?)[\w+/.~!@#$%^&*-]{16,200}={0,2}(?![\w[])/gi,
    accept: (found) => /\d/.test(found) && /[a-z]/.test(found) && /[A-Z]/.test(found),
  },
  {
    kind: 'mail',
    needs: ['@'],
    pattern:
      /(?<![\w.%+-])[\p{L}\p{N}_%+-](?:[\p{L}\p{N}._%+-]{0,62}[\p{L}\p{N}_%+-])?@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,6}\p{L}{2,24}(?![\p{L}\p{N}])/gu,
    // The user of a repository's address is nobody.
    accept: (found) => !found.startsWith('git@'),
  },
  {
    kind: 'iban',
    pattern: /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/g,
    accept: isIban,
  },
  { kind: 'card', pattern: /(?<![\d.,]|\d[ -])\d{4}(?:[ -]?\d){9,15}(?![ -]?\d)(?!\.\d)/g, accept: isCardNumber },
  {
    kind: 'phone',
    pattern:
      /(?<![\w.,+/-]|\d )(?:\+|\(\+?|0(?=[1-9])|[2-9](?=\d\d[-. ]\d{3}[-. ]\d{4}))\d[\d ().\-/]{5,22}\d(?![\w]|[.,-]\d)/g,
    accept: isPhoneNumber,
  },
];

/**
 * Secrets and personal data in a text, in its order, none inside another. Finds what is so with certainty or near it:
 * numbers must pass their checksum or be written as a telephone number is, keys must have their issuer's form.
 */
export function findPersonalData(text: string): PersonalDatum[] {
  const found: PersonalDatum[] = [];
  const hasDigit = /\d/.test(text);
  for (const { kind, needs, pattern, accept } of finders) {
    if (needs ? !needs.some((part) => text.includes(part)) : !hasDigit) continue;
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (accept && !accept(match[0], text, start)) continue;
      // Finders stand in the order of their certainty: the first one to claim a place keeps it.
      if (!found.some((other) => start < other.end && other.start < end)) found.push({ kind, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/**
 * The text with a word such as [mail address] in the place of each find; the very same text when there is none. Redacting
 * twice is redacting once: what stood glued to a find may only now be one, so it looks until nothing is left.
 *
 * @param isMeant  finds of other kinds stay as they are; left out: all go
 */
export function redactText(text: string, isMeant: (kind: PersonalDataKind) => boolean = () => true): string {
  const findMeant = (searched: string) => findPersonalData(searched).filter(({ kind }) => isMeant(kind));
  let result = text;
  for (let found = findMeant(text); found.length > 0; found = findMeant(result)) result = withWords(result, found);
  return result;
}

function withWords(text: string, found: readonly PersonalDatum[]): string {
  let result = '';
  let at = 0;
  for (const { kind, start, end } of found) {
    result += text.slice(at, start) + WORDS[kind];
    at = end;
  }
  return result + text.slice(at);
}
