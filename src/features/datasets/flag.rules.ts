import type { ProblemCode } from './problem.rules';

interface Flag {
  /** Place in the column `flags`: a stored row means it by this number, so it never changes. */
  bit: number;
  /** What a badge and a filter say. */
  title: string;
  /** What it means, and how it was found, in one sentence. */
  explanation: string;
  /** Points off the score; 0 = a fact about the row, not a fault. */
  deduction: number;
}

/**
 * Everything that is remembered of one example besides its numbers, in one table: the filter, the badges, the importer and
 * the score read it. What each signal measures, and how well it tells good rows from bad ones: docs/quality.md.
 */
export const exampleFlags = {
  tools: { bit: 0, title: 'tools', explanation: 'Tools are offered or called.', deduction: 0 },
  multiTurn: { bit: 1, title: 'several turns', explanation: 'There is more than one answer.', deduction: 0 },
  system: { bit: 2, title: 'system prompt', explanation: 'A system or developer message is there.', deduction: 0 },
  duplicate: { bit: 3, title: 'duplicate', explanation: 'An earlier row is exactly the same.', deduction: 30 },
  warning: { bit: 4, title: 'warning', explanation: 'The check found something to look at.', deduction: 0 },
  nearDuplicate: {
    ...{ bit: 5, title: 'near duplicate', deduction: 20 },
    explanation: 'An earlier row has nearly the same words in the same order.',
  },
  contradiction: {
    ...{ bit: 6, title: 'contradiction', deduction: 20 },
    explanation: 'An earlier row has the same question and another answer.',
  },
  leak: {
    ...{ bit: 7, title: 'leak', deduction: 20 },
    explanation: 'It is nearly the same as a row on another side of the split.',
  },
  secret: {
    ...{ bit: 8, title: 'secret', deduction: 30 },
    explanation: 'It holds what looks like a key, a token or a password.',
  },
  personalData: {
    ...{ bit: 9, title: 'personal data', deduction: 10 },
    explanation: 'It holds a mail address, a phone or card number, or an IBAN.',
  },
  markup: { bit: 10, title: 'markup', explanation: 'HTML was left in the text.', deduction: 10 },
  encoding: { bit: 11, title: 'encoding damage', explanation: 'Signs were damaged on their way here.', deduction: 20 },
  refusal: { bit: 12, title: 'refusal', explanation: 'The answer refuses to answer.', deduction: 25 },
  boilerplate: {
    ...{ bit: 13, title: 'boilerplate', deduction: 12 },
    explanation: 'The answer speaks about being a language model.',
  },
  repeatsQuestion: {
    ...{ bit: 14, title: 'repeats the question', deduction: 12 },
    explanation: 'The answer is, or starts with, the question.',
  },
  truncated: {
    ...{ bit: 15, title: 'cut off', deduction: 30 },
    explanation: 'The answer stops in the middle of a sentence, of JSON or of a block of code.',
  },
  shortAnswer: {
    ...{ bit: 16, title: 'nearly empty', deduction: 15 },
    explanation: 'The answer says next to nothing, where others say much more.',
  },
  languageSwitch: {
    ...{ bit: 17, title: 'other language than asked', deduction: 10 },
    explanation: 'Question and answer are in different languages, which is unusual here.',
  },
  languageOdd: {
    ...{ bit: 18, title: 'rare language', deduction: 5 },
    explanation: 'The answer is not in the language of most rows.',
  },
  lengthOutlier: {
    ...{ bit: 19, title: 'unusual length', deduction: 8 },
    explanation: 'The answer is far longer or shorter than the others, or all of the example is far longer.',
  },
  unusualForm: {
    ...{ bit: 20, title: 'unusual form', deduction: 25 },
    explanation: 'The answer ends or is built unlike nearly all others.',
  },
  weakFit: {
    ...{ bit: 21, title: 'loose answer', deduction: 12 },
    explanation: 'The words of the answer seldom go with those of the question in other rows.',
  },
  poorFit: {
    ...{ bit: 22, title: 'answer does not fit', deduction: 25 },
    explanation: 'The answer has nothing of what answers to such questions have in other rows.',
  },
  oddLabel: {
    ...{ bit: 23, title: 'unlikely label', deduction: 30 },
    explanation: 'Rows with such questions nearly always have another label.',
  },
  rareWords: {
    ...{ bit: 24, title: 'rare words', deduction: 12 },
    explanation: 'Some words stand nowhere else, more than is usual here.',
  },
  noise: {
    ...{ bit: 25, title: 'noise', deduction: 20 },
    explanation: 'Most words stand nowhere else, or have signs inside them that do not belong there.',
  },
  developer: { bit: 26, title: 'developer message', explanation: 'A developer message is there.', deduction: 0 },
  toolMessage: { bit: 27, title: 'tool message', explanation: 'A tool has answered.', deduction: 0 },
  /* Bit 28 was a picture once. */
  untrained: { bit: 29, title: 'answers only shown', explanation: 'Some answers have weight 0.', deduction: 0 },
  uncommonEnd: {
    ...{ bit: 30, title: 'ends differently', deduction: 10 },
    explanation: 'The answer ends in another way than most: with a letter where others end with a full stop, say.',
  },
  formatWarning: {
    ...{ bit: 31, title: 'format warning', deduction: 0 },
    explanation: 'The check found something about its form: a blank text, an unknown field, roles in an unusual order.',
  },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof exampleFlags;

/** All names, in the order of their bits. */
export const flagNames = Object.keys(exampleFlags) as [FlagName, ...FlagName[]];

/** The value of each flag in the column `flags`. */
export const FLAG = Object.fromEntries(flagNames.map((name) => [name, 1 << exampleFlags[name].bit])) as Record<
  FlagName,
  number
>;

/** The names of the bits that are set. Bits of a newer program are left out. */
export const flagsOf = (bits: number): FlagName[] => flagNames.filter((name) => bits & FLAG[name]);

/** Roles that not every conversation has, and the flag that says so. */
export const filterRoles = ['system', 'developer', 'tool'] as const;
export const roleFlag = { system: 'system', developer: 'developer', tool: 'toolMessage' } as const satisfies Record<
  (typeof filterRoles)[number],
  FlagName
>;

/** Signals that come with a warning. `unusualForm` may also come without one. */
export const warningSignals: readonly FlagName[] = [
  ...(['encoding', 'markup', 'duplicate', 'nearDuplicate', 'contradiction', 'leak', 'secret', 'personalData'] as const),
  ...(['refusal', 'boilerplate', 'repeatsQuestion', 'truncated', 'unusualForm'] as const),
];

/** The flag that each kind of problem leaves at its row. */
export const problemFlag: Partial<Record<ProblemCode, FlagName>> = {
  ...{ nul_character: 'encoding', broken_character: 'encoding', mojibake: 'encoding', markup_residue: 'markup' },
  ...{ duplicate_example: 'duplicate', near_duplicate: 'nearDuplicate', contradictory_answer: 'contradiction' },
  ...{ split_leak: 'leak', secret_found: 'secret', personal_data: 'personalData', answer_refuses: 'refusal' },
  ...{ answer_boilerplate: 'boilerplate', answer_repeats_question: 'repeatsQuestion', answer_cut_off: 'truncated' },
  ...{
    answer_end_unusual: 'unusualForm',
    answer_form_unusual: 'unusualForm',
    answer_end_uncommon: 'uncommonEnd',
    answer_nearly_empty: 'shortAnswer',
  },
  ...{
    example_far_longer: 'lengthOutlier',
    answer_length_unusual: 'lengthOutlier',
    answer_other_language: 'languageSwitch',
  },
  ...{ answer_rare_language: 'languageOdd', answer_fits_loosely: 'weakFit', answer_does_not_fit: 'poorFit' },
  ...{ label_unlikely: 'oddLabel', words_rare: 'rareWords', words_are_noise: 'noise' },
};
