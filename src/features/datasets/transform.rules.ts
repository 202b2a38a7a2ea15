import type { DatasetChange } from './change.schema';
import { redactText } from './personal-data.rules';
import { repairs } from './repair.rules';
import { isJson, type Json, mapMessages, mapTexts, messagesOf } from './row-parts.rules';

/** Gives the row as it should be, or null when there is nothing to do. Never changes the row it is given. */
export type RowTransform = (row: unknown) => Json | null;

/** What a change of many rows does to each; null for changes that are about whole rows. */
export function transformOf(change: DatasetChange): RowTransform | null {
  switch (change.kind) {
    case 'replaceSystemPrompt':
      return (row) => replaceSystemPrompt(row, change.text);
    case 'trim':
      return trimTexts;
    case 'redact':
      return redactRow;
    case 'fix':
      return Object.hasOwn(repairs, change.code) ? (repairs[change.code] ?? null) : null;
    default:
      return null;
  }
}

const isPrompt = (message: unknown): boolean =>
  isJson(message) && (message.role === 'system' || message.role === 'developer');

/** The system and developer messages that a conversation starts with become one with this text; or go, when it is empty. */
function replaceSystemPrompt(row: unknown, text: string): Json | null {
  const messages = messagesOf(row);
  if (!messages || !isJson(row)) return null;
  const count = messages.findIndex((message) => !isPrompt(message));
  const [first] = messages;
  if (count < 0 || (count === 0 && text === '')) return null;
  if (count === 1 && isJson(first) && first.content === text) return null;
  const rest = messages.slice(count);
  if (text === '') return { ...row, messages: rest };
  const prompt = count > 0 && isJson(first) ? { ...first, content: text } : { role: 'system', content: text };
  return { ...row, messages: [prompt, ...rest] };
}

/** White space around each message goes; a message of nothing else stays, for the check has something to say about it. */
export function trimTexts(row: unknown): Json | null {
  return mapMessages(row, (message) => {
    const { content } = message;
    if (typeof content === 'string') return { ...message, content: content.trim() || content };
    if (!Array.isArray(content)) return message;
    const last = content.length - 1;
    const parts = content.map((part, i) => {
      if (!isJson(part) || typeof part.text !== 'string') return part;
      let { text } = part;
      if (i === 0) text = text.trimStart();
      if (i === last) text = text.trimEnd();
      return { ...part, text: text || part.text };
    });
    return { ...message, content: parts };
  });
}

/** Words in the place of secrets and personal data, wherever in the conversation they stand. */
export const redactRow = (row: unknown): Json | null => mapTexts(row, (text) => redactText(text));
