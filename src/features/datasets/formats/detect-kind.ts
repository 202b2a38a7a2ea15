import { type Fields, isFields } from './conversion';
import { isPreference } from './convert-preference';
import { unwrapRow } from './dataset-viewer';
import type { FormatKind } from './format.rules';
import type { FieldMapping } from './format.schema';

interface KindRule {
  kind: Exclude<FormatKind, 'fields'>;
  fits(row: Fields): boolean;
  why: string;
}

/** In this order: what says more about a row comes first. */
const RULES: readonly KindRule[] = [
  {
    kind: 'stored_completion',
    fits: (row) => Array.isArray(answersOf(row)) && (hasAsked(row) || isFields(row.request) || isFields(row.item)),
    why: 'rows have the messages that were asked and the choices that were answered',
  },
  {
    kind: 'stored_completion',
    fits: ({ item }) => isFields(item) && hasAsked(item) && 'output' in item,
    why: 'rows have an "item" with input and output',
  },
  { kind: 'chat', fits: (row) => Array.isArray(row.messages), why: 'rows have "messages"' },
  { kind: 'preference', fits: isPreference, why: 'rows have a preferred answer and another one' },
  { kind: 'sharegpt', fits: (row) => Array.isArray(row.conversations), why: 'rows have "conversations"' },
  {
    kind: 'alpaca',
    fits: (row) => 'instruction' in row && 'output' in row,
    why: 'rows have "instruction" and "output"',
  },
  {
    kind: 'langfuse',
    fits: (row) => 'input' in row && ('expectedOutput' in row || 'expected_output' in row),
    why: 'rows have "input" and "expectedOutput"',
  },
  {
    kind: 'stored_completion',
    fits: (row) => Array.isArray(row.input) && 'output' in row,
    why: 'rows have the messages of a request as "input", and its "output"',
  },
  {
    kind: 'prompt_completion',
    fits: (row) => 'prompt' in row && 'completion' in row,
    why: 'rows have "prompt" and "completion"',
  },
];

const hasAsked = (row: Fields): boolean => Array.isArray(row.messages) || Array.isArray(row.input);

function answersOf(row: Fields): unknown {
  if (!isFields(row.response)) return row.choices;
  return isFields(row.response.body) ? row.response.body.choices : row.response.choices;
}

export interface KindGuess {
  kind: FormatKind;
  mapping: FieldMapping | null;
  /** Of the rows that were looked at, 0..1. */
  share: number;
  why: string;
}

/** The kind that fits most of the rows; null when none fits any. */
export function guessKind(values: readonly unknown[]): KindGuess | null {
  const rows = values.map(unwrapRow).filter(isFields);
  let best: KindGuess | null = null;
  for (const { kind, fits, why } of RULES) {
    const share = rows.filter(fits).length / Math.max(1, values.length);
    if (share > (best?.share ?? 0)) best = { kind, mapping: null, share, why };
  }
  return best;
}

/** Fields that can be chosen from: names of the rows, and of the objects in them one level down. Most common first. */
export function fieldNames(values: readonly unknown[]): string[] {
  const counts = new Map<string, number>();
  const add = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const value of values) {
    const row = unwrapRow(value);
    if (!isFields(row)) continue;
    for (const [name, inner] of Object.entries(row)) {
      if (name === '' || name.length > 100) continue;
      add(name);
      if (isFields(inner))
        for (const deeper of Object.keys(inner)) if (deeper !== '') add(`${name}.${deeper}`.slice(0, 200));
    }
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name]) => name)
    .slice(0, MAX_FIELDS);
}

const MAX_FIELDS = 100;

const SYSTEM = ['system', 'system_prompt', 'systemprompt', 'system_message', 'context_system'];
const PROMPT = [
  'prompt',
  'question',
  'instruction',
  'user',
  'input',
  'query',
  'request',
  'user_message',
  'human',
  'message',
  'ask',
  'problem',
  'source',
  'text',
  'ticket',
  'body',
  'title',
  'subject',
];
const ANSWER = [
  'completion',
  'answer',
  'response',
  'output',
  'assistant',
  'reply',
  'assistant_message',
  'target',
  'label',
  'result',
  'solution',
  'expected',
  'expected_output',
  'gpt',
  'summary',
  'translation',
  'category',
  'class',
  'team',
  'intent',
];

/** Which fields are prompt and answer, by their names; of two fields the first is the prompt. Null: it cannot be told. */
export function guessMapping(fields: readonly string[]): { mapping: FieldMapping; byName: boolean } | null {
  const find = (names: readonly string[], not?: string) => {
    for (const name of names) {
      const field = fields.find((one) => plain(one) === name && one !== not);
      if (field !== undefined) return field;
    }
    return undefined;
  };
  const answer = find(ANSWER);
  const prompt = find(PROMPT, answer);
  const system = find(SYSTEM) ?? null;
  if (prompt !== undefined && answer !== undefined) return { mapping: { system, prompt, answer }, byName: true };
  const [first, second] = fields;
  if (fields.length === 2 && first !== undefined && second !== undefined)
    return { mapping: { system: null, prompt: first, answer: second }, byName: false };
  return null;
}

const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
