import { isJson, messagesOf } from './row-parts.rules';

const SHORT = 60;
const MAX_KEY = 200;

/**
 * What an example is an example of, when its last answer says so in a word or two, or as JSON: the class of a classifier.
 * Null for answers that are prose. Writing in capitals and white space make no difference.
 */
export function labelOf(row: unknown): string | null {
  const answer = messagesOf(row)?.findLast((message) => isJson(message) && message.role === 'assistant');
  return isJson(answer) && typeof answer.content === 'string' ? labelOfAnswer(answer.content) : null;
}

/** The same, of an answer that is known. */
export function labelOfAnswer(answer: string): string | null {
  const text = answer.trim();
  if (text === '') return null;
  if (text.startsWith('{') || text.startsWith('[')) return labelOfJson(text);
  return text.length <= SHORT && !text.includes('\n') ? text.toLowerCase() : null;
}

/** Short values tell classes apart; long ones are prose, of which only the key counts. */
function labelOfJson(text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const label = JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'number' || (typeof part === 'string' && part.length > SHORT) ? '…' : part,
  );
  return label.slice(0, MAX_KEY).toLowerCase();
}
