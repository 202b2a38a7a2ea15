import { type ChatRow, type Converted, type Fields, isFields, nameOf } from './conversion';
import { fromLangfuse, fromStoredCompletion } from './convert-logged';
import { fromAlpaca, fromFields, fromPromptCompletion } from './convert-pairs';
import { fromPreference } from './convert-preference';
import { fromShareGpt } from './convert-sharegpt';
import type { FormatChoice } from './format.schema';

/** One row of a file as a conversation, or why it is none. Pure; the row is not changed. */
export function convertRow({ kind, mapping }: Pick<FormatChoice, 'kind' | 'mapping'>, value: unknown): Converted {
  if (!isFields(value))
    return {
      problems: [
        { code: 'not_object', path: '$', message: `This row is ${nameOf(value)}, not an object.`, excerpt: value },
      ],
    };
  if (kind === 'chat') return { row: value as ChatRow, places: [] };
  return convert(kind, mapping, value);
}

function convert(
  kind: Exclude<FormatChoice['kind'], 'chat'>,
  mapping: FormatChoice['mapping'],
  row: Fields,
): Converted {
  if (kind === 'prompt_completion') return fromPromptCompletion(row);
  if (kind === 'sharegpt') return fromShareGpt(row);
  if (kind === 'alpaca') return fromAlpaca(row);
  if (kind === 'preference') return fromPreference(row);
  if (kind === 'stored_completion') return fromStoredCompletion(row);
  if (kind === 'langfuse') return fromLangfuse(row);
  if (mapping) return fromFields(row, mapping);
  return {
    problems: [{ code: 'field_missing', path: '$', message: 'It is not said which fields are prompt and answer.' }],
  };
}

/** A place in the converted row, as a place in the source row. */
export function sourcePath(path: string, places: readonly string[]): string {
  const match = /^messages\[(\d+)\](.*)$/.exec(path);
  const place = match ? places[Number(match[1])] : undefined;
  if (!match || place === undefined) return path;
  const rest = match[2] ?? '';
  // The field itself holds the text, so ".content" would name nothing.
  return place.endsWith(']') ? `${place}${rest}` : `${place}${rest.replace(/^\.(content|role)/, '')}`;
}
