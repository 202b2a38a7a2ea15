import { type Converted, type Fields, isEmpty, isFields, nameOf, RowBuilder, textOf } from './conversion';
import { addMessage, keepTools } from './message-list';

/** Who speaks, in the names that datasets in the wild use. Source: LLaMA-Factory's data/README and axolotl's "chat_template". */
const ROLES: Record<string, string> = {
  system: 'system',
  developer: 'developer',
  human: 'user',
  user: 'user',
  prompter: 'user',
  gpt: 'assistant',
  assistant: 'assistant',
  model: 'assistant',
  bot: 'assistant',
  chatgpt: 'assistant',
  bing: 'assistant',
  bard: 'assistant',
  function_call: 'call',
  observation: 'answer',
  function_response: 'answer',
  tool: 'answer',
};

/** {"conversations": [{"from": "human", "value": …}, …]}, also with "system" and "tools". */
export function fromShareGpt(row: Fields): Converted {
  const builder = new RowBuilder();
  const { conversations } = row;
  if (!isEmpty(row.system)) builder.addText('system', row.system, 'system');
  if (!Array.isArray(conversations) || conversations.length === 0) {
    const said = Array.isArray(conversations) ? 'an empty list' : nameOf(conversations);
    builder.problem(
      'field_missing',
      'conversations',
      `"conversations" is ${said}, not a list of turns.`,
      conversations,
    );
    return builder.done();
  }
  const calls = new CallIds();
  conversations.forEach((turn, i) => {
    addTurn(builder, calls, turn, `conversations[${i}]`);
  });
  keepTools(builder, { ...row, tools: parsed(row.tools) });
  return builder.done();
}

/** ShareGPT names no calls: an answer belongs to the call before it. */
class CallIds {
  private last = 0;
  next = (): string => `call_${++this.last}`;
  current = (): string => `call_${this.last}`;
}

function addTurn(builder: RowBuilder, calls: CallIds, turn: unknown, path: string): void {
  if (!isFields(turn)) {
    builder.problem('field_invalid', path, `This turn is ${nameOf(turn)}.`, turn);
    return;
  }
  if (turn.from === undefined && turn.role !== undefined) {
    addMessage(builder, turn, path);
    return;
  }
  const role = typeof turn.from === 'string' ? ROLES[turn.from.toLowerCase()] : undefined;
  if (role === undefined) {
    const said = turn.from === undefined ? 'has no "from"' : `is from ${JSON.stringify(turn.from).slice(0, 40)}`;
    builder.problem('field_invalid', `${path}.from`, `This turn ${said}: it is not known who speaks.`, turn.from);
    return;
  }
  const value = textOf(turn.value);
  if (value === null) {
    builder.problem('field_missing', `${path}.value`, 'This turn has no "value".');
    return;
  }
  if (role === 'call') {
    addCall(builder, calls, value, `${path}.value`);
    return;
  }
  const place = `${path}.value`;
  if (role === 'answer') {
    builder.add({ role: 'tool', tool_call_id: calls.current(), content: value }, place);
    return;
  }
  const weight = role === 'assistant' && (turn.weight === 0 || turn.weight === 1) ? { weight: turn.weight } : {};
  builder.add({ role, content: value, ...weight }, place);
}

function addCall(builder: RowBuilder, calls: CallIds, value: string, path: string): void {
  const call = parsed(value);
  if (!isFields(call) || typeof call.name !== 'string') {
    builder.problem('field_invalid', path, 'A function call is written as {"name": …, "arguments": …}.', value);
    return;
  }
  const args = typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments ?? {});
  const made = { id: calls.next(), type: 'function', function: { name: call.name, arguments: args } };
  builder.add({ role: 'assistant', tool_calls: [made] }, path);
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
