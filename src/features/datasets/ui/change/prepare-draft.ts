import { findJsonFault } from '../../json-fault.rules';

type Json = Record<string, unknown>;

export interface DraftMessage {
  /** Tells messages apart while they are moved about. */
  key: number;
  role: string;
  text: string;
  /** False: the content is made of parts, which only JSON can show. */
  editable: boolean;
  /** Whether the model learns to give it. Means something for assistant messages alone. */
  trained: boolean;
  calls: number;
  /** The message as it was, with keys that the fields do not show. */
  source: Json;
}

/** An example being edited as fields. What the fields do not show stays as it was. */
export interface Draft {
  messages: DraftMessage[];
  source: Json;
  nextKey: number;
}

export const draftRoles = ['system', 'developer', 'user', 'assistant', 'tool'] as const;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An example as fields; null when it is no list of messages, which only JSON can show. */
export function readDraft(text: string): Draft | null {
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(row) || !Array.isArray(row.messages) || !row.messages.every(isObject)) return null;
  const messages = row.messages.map((source, key): DraftMessage => {
    const { role, content } = source;
    return {
      ...{ key, source },
      role: typeof role === 'string' ? role : '',
      text: typeof content === 'string' ? content : '',
      editable: typeof content === 'string' || content === undefined || content === null,
      trained: source.weight !== 0,
      calls: Array.isArray(source.tool_calls) ? source.tool_calls.length : 0,
    };
  });
  return { messages, source: row, nextKey: messages.length };
}

function writeMessage({ role, text, editable, trained, source }: DraftMessage): Json {
  const empty = text === '' && (source.content === null || !('content' in source)) && 'role' in source;
  const message: Json = { ...source, role, ...(editable && !empty && { content: text }) };
  if (role !== 'assistant') delete message.weight;
  else if (!trained) message.weight = 0;
  else if (source.weight === 0) delete message.weight;
  return message;
}

/** The example as one line of JSON, keys in the order in which they were. */
export const writeDraft = ({ messages, source }: Draft): string =>
  JSON.stringify({ ...source, messages: messages.map(writeMessage) });

export function addMessage({ messages, source, nextKey }: Draft): Draft {
  const role = messages.at(-1)?.role === 'user' ? 'assistant' : 'user';
  const added = { key: nextKey, role, text: '', editable: true, trained: true, calls: 0, source: {} };
  return { messages: [...messages, added], source, nextKey: nextKey + 1 };
}

export const changeMessage = (draft: Draft, key: number, part: Partial<DraftMessage>): Draft => ({
  ...draft,
  messages: draft.messages.map((message) => (message.key === key ? { ...message, ...part } : message)),
});

export const removeMessage = (draft: Draft, key: number): Draft => ({
  ...draft,
  messages: draft.messages.filter((message) => message.key !== key),
});

/** One place up (-1) or down (1); at the ends nothing happens. */
export function moveMessage(draft: Draft, key: number, by: -1 | 1): Draft {
  const from = draft.messages.findIndex((message) => message.key === key);
  const [message, other] = [draft.messages[from], draft.messages[from + by]];
  if (!message || !other) return draft;
  const messages = draft.messages.with(from, other).with(from + by, message);
  return { ...draft, messages };
}

/** JSON set out over lines, to be edited; what is no JSON stays as it is. */
export function spread(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** One line again. Line ends are only between the values: inside a text JSON writes them as \n. */
export const oneLine = (text: string): string => text.replaceAll(/[\r\n]+[ \t]*/g, '').trim();

export interface TextFault {
  line: number;
  column: number;
  message: string;
}

/** Where a text stops being JSON, as lines and columns from 1; null when it is JSON. */
export function faultOf(text: string): TextFault | null {
  try {
    JSON.parse(text);
    return null;
  } catch {
    const { at, expected } = locate(text);
    const before = text.slice(0, at).split('\n');
    const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
    const found = at < text.length ? ` stands ${shown(text, at)}, but` : ' the text ends where';
    const tail = at < text.length ? `${expected} is expected.` : `${expected} should follow.`;
    return { line, column, message: `Line ${line}, column ${column}: here${found} ${tail}` };
  }
}

/** Nesting so deep that looking for the fault overflows is a fault of its own. */
function locate(text: string): { at: number; expected: string } {
  try {
    return findJsonFault(text);
  } catch {
    return { at: 0, expected: 'a value with fewer levels' };
  }
}

function shown(text: string, at: number): string {
  const sign = String.fromCodePoint(text.codePointAt(at) ?? 0xfffd);
  return sign === '\n' ? 'the end of the line' : /\s/.test(sign) ? 'white space' : sign;
}
