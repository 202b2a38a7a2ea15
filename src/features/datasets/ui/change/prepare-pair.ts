import { diffWords, type Span } from '../../word-diff.rules';

export interface Said {
  role: string;
  text: string;
}

/** One message on both sides; null = it is not there. `same`: nothing to mark. */
export interface PairedMessage {
  before: Said | null;
  after: Said | null;
  same: boolean;
  /** Marks for either side; empty when it is the same. */
  spans: Span[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The messages of a row as texts. What a message has besides a text is shown as JSON; a row that is none, as it stands. */
export function saidIn(body: string): Said[] {
  let row: unknown;
  try {
    row = JSON.parse(body);
  } catch {
    return [{ role: 'row', text: body }];
  }
  if (!isObject(row) || !Array.isArray(row.messages)) return [{ role: 'row', text: body }];
  const { messages, ...rest } = row;
  const said = messages.map((message): Said => {
    if (!isObject(message)) return { role: 'message', text: JSON.stringify(message) };
    const { role, content, ...others } = message;
    const text =
      typeof content === 'string' ? content : content === undefined || content === null ? '' : JSON.stringify(content);
    const more = Object.keys(others).length > 0 ? JSON.stringify(others) : '';
    return { role: String(role), text: [text, more].filter((part) => part !== '').join('\n') };
  });
  return Object.keys(rest).length > 0 ? [...said, { role: 'other keys', text: JSON.stringify(rest) }] : said;
}

const equal = (a: Said | undefined, b: Said | undefined): boolean =>
  a !== undefined && b !== undefined && a.role === b.role && a.text === b.text;

/** Messages side by side: equal ones at both ends find each other, those between are paired in their order. */
export function pairMessages(before: readonly Said[], after: readonly Said[]): PairedMessage[] {
  let start = 0;
  while (equal(before[start], after[start])) start++;
  let end = 0;
  const room = Math.min(before.length, after.length) - start;
  while (end < room && equal(before[before.length - 1 - end], after[after.length - 1 - end])) end++;
  const left = before.slice(start, before.length - end);
  const right = after.slice(start, after.length - end);
  // A message that came or went at the top (a system prompt) must not shift the pairs of all that follow.
  const shift = left.length - right.length;
  const lead = Math.abs(shift) === 1 && left.at(-1)?.role === right.at(-1)?.role ? shift : 0;
  const [padLeft, padRight] = [lead < 0 ? 1 : 0, lead > 0 ? 1 : 0];
  const count = Math.max(left.length + padLeft, right.length + padRight);
  const middle = Array.from({ length: count }, (_, i) =>
    paired(left[i - padLeft] ?? null, right[i - padRight] ?? null),
  );
  const same = (said: Said): PairedMessage => ({ before: said, after: said, same: true, spans: [] });
  return [...before.slice(0, start).map(same), ...middle, ...before.slice(before.length - end).map(same)];
}

function paired(before: Said | null, after: Said | null): PairedMessage {
  return {
    ...{ before, after },
    same: equal(before ?? undefined, after ?? undefined),
    spans: diffWords(before?.text ?? '', after?.text ?? ''),
  };
}
