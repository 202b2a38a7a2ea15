import { rowOfCells } from './cells';
import { detectContainer } from './detect-container';
import { fieldNames, guessKind, guessMapping, type KindGuess } from './detect-kind';
import { containerWord } from './format.rules';
import type { Container, DatasetFormat, FormatChoice } from './format.schema';
import { type HeadRows, readHead } from './read-head';

/** Rows that are looked at. */
const LOOK_AT = 50;

export interface Detection {
  format: DatasetFormat;
  /** `sure` = nearly every row fits; `likely` = it is a guess; `unknown` = somebody has to say. */
  confidence: 'sure' | 'likely' | 'unknown';
  /** One sentence: what was seen. */
  why: string;
  /** Columns, or names of fields, that prompt and answer can be chosen from. */
  fields: string[];
}

/**
 * What a file is, by its first bytes and rows.
 * @param head  its first bytes, unpacked; HEAD_BYTES of them are plenty
 * @param whole  these are all of them
 * @param choice  what somebody said; only what is null in it is found out
 */
export function detectFormat(head: Uint8Array, whole: boolean, choice: Partial<FormatChoice> = {}): Detection {
  const container = choice.container ?? detectContainer(head, whole);
  const read = readHead(head, container, { whole, limit: LOOK_AT });
  const values = valuesOf(read, choice.kind);
  const fields = read.columns ?? fieldNames(values);
  if (choice.kind !== undefined && choice.kind !== 'fields')
    return {
      format: { kind: choice.kind, container, mapping: null },
      confidence: 'sure',
      why: 'You chose it.',
      fields,
    };
  if (choice.kind === 'fields' && choice.mapping)
    return {
      format: { kind: 'fields', container, mapping: choice.mapping },
      confidence: 'sure',
      why: 'You chose it.',
      fields,
    };
  const guess = guessKind(values);
  // A table's columns can be chosen, also when they are called prompt and completion.
  const isPlainTable = read.columns !== null && guess?.kind === 'prompt_completion';
  if (guess && guess.share >= 0.5 && !isPlainTable) return ofKind(guess, container, fields);
  return ofFields(container, fields, values.length) ?? unknownKind(container, fields);
}

/** The rows as objects. Cells of a table hold JSON only for some kinds, and which one it is is not known yet. */
function valuesOf({ rows, columns }: HeadRows, kind: FormatChoice['kind'] | undefined): unknown[] {
  const read = rows.map(({ value }) => value?.json);
  if (columns === null) return read;
  return read.map((row) => {
    const fields = row as Record<string, string>;
    return rowOfCells(kind ?? ('messages' in fields ? 'chat' : 'sharegpt'), fields);
  });
}

function ofKind({ kind, share, why }: KindGuess, container: Container, fields: string[]): Detection {
  const rows = share >= 0.95 ? why : `${why} (${Math.round(share * 100)} % of the first ones)`;
  return {
    format: { kind, container, mapping: null },
    confidence: share >= 0.95 ? 'sure' : 'likely',
    why: `${containerWord(container)}: ${rows}.`,
    fields,
  };
}

function ofFields(container: Container, fields: string[], rows: number): Detection | null {
  if (rows === 0 && container.type !== 'table') return null;
  const guess = guessMapping(fields);
  if (!guess) return null;
  const { prompt, answer } = guess.mapping;
  const how = guess.byName ? 'by their names' : 'because there are two';
  return {
    format: { kind: 'fields', container, mapping: guess.mapping },
    confidence: guess.byName ? 'sure' : 'likely',
    why: `${containerWord(container)}: "${prompt}" looks like the prompt and "${answer}" like the answer, ${how}.`,
    fields,
  };
}

/** What the reading then reports row by row is the best there is to say about it. */
function unknownKind(container: Container, fields: string[]): Detection {
  const kind = container.type === 'table' ? 'fields' : 'chat';
  const seen =
    fields.length > 0 ? ` It has ${fields.slice(0, 8).join(', ')}: choose which of them are prompt and answer.` : '';
  return {
    format: { kind, container, mapping: null },
    confidence: 'unknown',
    why: `${containerWord(container)}, but no known format of training data.${seen}`,
    fields,
  };
}
