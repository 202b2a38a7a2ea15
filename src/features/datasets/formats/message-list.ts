import { type ChatMessage, type Fields, isFields, nameOf, type RowBuilder } from './conversion';

/** What training files know of a message. Exports carry more (ids, annotations, refusal: null), which nobody trains on. */
const KEPT = ['name', 'tool_calls', 'tool_call_id', 'weight', 'function_call', 'refusal'] as const;

/** Adds a list of messages in OpenAI's shape; a lone text counts as one message of `role`. */
export function addMessages(builder: RowBuilder, value: unknown, path: string, role = 'user'): void {
  if (typeof value === 'string') {
    builder.addText(role, value, path);
    return;
  }
  if (!Array.isArray(value)) {
    const code = value === undefined || value === null ? 'field_missing' : 'field_invalid';
    builder.problem(code, path, `"${path}" is ${nameOf(value)}, not a list of messages.`, value);
    return;
  }
  if (value.length === 0) {
    builder.problem('field_missing', path, `"${path}" is an empty list.`);
    return;
  }
  value.forEach((item, i) => {
    addMessage(builder, item, `${path}[${i}]`, role);
  });
}

/** One message in OpenAI's shape. */
export function addMessage(builder: RowBuilder, item: unknown, path: string, role = 'user'): void {
  if (typeof item === 'string') {
    builder.addText(role, item, path);
    return;
  }
  if (!isFields(item)) {
    builder.problem('field_invalid', path, `This message is ${nameOf(item)}.`, item);
    return;
  }
  builder.add(toMessage(item, role), path);
}

function toMessage(item: Fields, role: string): ChatMessage {
  const message: ChatMessage = { role: typeof item.role === 'string' ? item.role : role };
  if (item.content !== undefined) message.content = toContent(item.content);
  for (const key of KEPT) if (item[key] !== undefined && item[key] !== null) message[key] = item[key];
  return message;
}

/** Parts of OpenAI's Responses API are named otherwise than those of training files. Lone texts become plain text. */
function toContent(content: unknown): unknown {
  if (!Array.isArray(content) || content.length === 0) return content;
  const parts = content.map((part) =>
    isFields(part) && (part.type === 'input_text' || part.type === 'output_text')
      ? { type: 'text', text: part.text }
      : part,
  );
  const [only] = parts;
  return parts.length === 1 && isFields(only) && only.type === 'text' && typeof only.text === 'string'
    ? only.text
    : parts;
}

/** Tool definitions may stand beside the messages. */
export function keepTools(builder: RowBuilder, from: Fields): void {
  const { tools, functions, parallel_tool_calls: parallel } = from;
  if (Array.isArray(tools) && tools.length > 0) builder.extras.tools = tools;
  if (Array.isArray(functions) && functions.length > 0) builder.extras.functions = functions;
  if (typeof parallel === 'boolean' && builder.extras.tools !== undefined)
    builder.extras.parallel_tool_calls = parallel;
}
