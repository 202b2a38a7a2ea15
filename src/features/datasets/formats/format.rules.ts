import type { Container } from './format.schema';

/** What a row of a file means. */
export const formatKinds = [
  'chat',
  'prompt_completion',
  'sharegpt',
  'alpaca',
  'preference',
  'stored_completion',
  'langfuse',
  'fields',
] as const;
export type FormatKind = (typeof formatKinds)[number];

export const delimiters = [',', ';', '\t', '|'] as const;

interface FormatWords {
  label: string;
  /** What a row looks like. */
  hint: string;
}

export const formatWords: Record<FormatKind, FormatWords> = {
  chat: { label: 'Chat messages', hint: 'messages: role and content. Kept as it is.' },
  prompt_completion: { label: 'Prompt and completion', hint: 'prompt, completion' },
  sharegpt: { label: 'ShareGPT', hint: 'conversations: from and value' },
  alpaca: { label: 'Alpaca', hint: 'instruction, input, output' },
  preference: { label: 'Preference pairs', hint: 'input, preferred_output, non_preferred_output' },
  stored_completion: { label: 'Stored completions', hint: 'messages and choices, as OpenAI exports them' },
  langfuse: { label: 'Langfuse dataset', hint: 'input, expectedOutput' },
  fields: { label: 'Fields you choose', hint: 'any table or JSON: you say what is prompt and answer' },
};

const TABLES = { ',': 'CSV', ';': 'CSV with semicolons', '\t': 'TSV', '|': 'CSV with bars' } as const;

/** How the rows are packed, as a word beside the format's name. */
export function containerWord(container: Container): string {
  if (container.type === 'lines') return 'JSONL';
  if (container.type === 'values') return 'JSON, one object after the other';
  if (container.type === 'list') return container.member === null ? 'JSON list' : `JSON, list "${container.member}"`;
  return TABLES[container.delimiter];
}

/** Whether a line of the file names one row: a list may have all of its rows on one, so they have numbers. */
export const hasRowPerLine = ({ type }: Container): boolean => type === 'lines' || type === 'table';

/** What stays out on purpose, to be said before the import; null = nothing. */
export const leftOutNote = (kind: FormatKind): string | null =>
  kind === 'preference'
    ? 'Each pair becomes one example, with its preferred answer. The other answer of every pair is left out, because a job here learns from one answer to a question; the uploaded file keeps it, and can be downloaded again.'
    : null;
