export type Json = Record<string, unknown>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const messagesOf = (row: unknown): unknown[] | null =>
  isJson(row) && Array.isArray(row.messages) ? row.messages : null;

/** The row with each message put through `change`; null when that changes nothing. */
export function mapMessages(row: unknown, change: (message: Json) => Json): Json | null {
  const messages = messagesOf(row);
  if (!messages || !isJson(row)) return null;
  const changed = messages.map((message) => (isJson(message) ? change(message) : message));
  return same(changed, messages) ? null : { ...row, messages: changed };
}

/**
 * The row with every text of its conversation put through `change`: contents, refusals and the arguments of calls, which are
 * JSON in a text and stay JSON. Addresses of pictures are left alone. Null when nothing changes.
 */
export function mapTexts(row: unknown, change: (text: string) => string): Json | null {
  return mapMessages(row, (message) => {
    const result = { ...message };
    for (const key of ['content', 'refusal'] as const)
      if (typeof message[key] === 'string') result[key] = change(message[key]);
    if (Array.isArray(message.content)) result.content = message.content.map((part) => mapPart(part, change));
    if (isJson(message.function_call)) result.function_call = mapCall(message.function_call, change);
    if (Array.isArray(message.tool_calls))
      result.tool_calls = message.tool_calls.map((call) =>
        isJson(call) && isJson(call.function) ? { ...call, function: mapCall(call.function, change) } : call,
      );
    return result;
  });
}

function mapPart(part: unknown, change: (text: string) => string): unknown {
  if (!isJson(part)) return part;
  const result = { ...part };
  for (const key of ['text', 'refusal'] as const) if (typeof part[key] === 'string') result[key] = change(part[key]);
  return result;
}

function mapCall(call: Json, change: (text: string) => string): Json {
  if (typeof call.arguments !== 'string') return call;
  return { ...call, arguments: mapArguments(call.arguments, change) };
}

function mapArguments(text: string, change: (text: string) => string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return change(text);
  }
  const changed = mapValues(value, change);
  return same(changed, value) ? text : JSON.stringify(changed);
}

/** A number is looked at as it is written; it becomes a text only when something was found in it. */
function mapValues(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value === 'number') {
    const written = String(value);
    const changed = change(written);
    return changed === written ? value : changed;
  }
  if (Array.isArray(value)) return value.map((one) => mapValues(one, change));
  if (!isJson(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      typeof one === 'string' ? mapNamed(key, one, change) : mapValues(one, change),
    ]),
  );
}

/** Some texts are what they are by their name alone, a password say, so they are looked at together with it. */
function mapNamed(name: string, text: string, change: (text: string) => string): string {
  const before = `${name}=`;
  const changed = change(before + text);
  return changed.startsWith(before) ? changed.slice(before.length) : change(text);
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
