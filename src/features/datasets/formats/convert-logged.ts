import { type Converted, type Fields, isFields, RowBuilder, textOf } from './conversion';
import { addMessage, addMessages, keepTools } from './message-list';

/**
 * What OpenAI stored of a chat completion: the messages that were asked, and the choice that was answered. The list of the API
 * names the messages `messages` or `input`, the dashboard's export wraps both into `item`, batch and proxy logs into
 * `request` and `response` (some with a `body` in each). Source: platform.openai.com/docs/api-reference/chat/list, …/batch.
 */
export function fromStoredCompletion(row: Fields): Converted {
  const builder = new RowBuilder();
  const [asked, askedPath] = inner(row, 'request');
  const [answered, answeredPath] = inner(row, 'response');
  const key = asked.messages !== undefined ? 'messages' : 'input';
  if (typeof asked.instructions === 'string') builder.addText('system', asked.instructions, `${askedPath}instructions`);
  addMessages(builder, asked[key], `${askedPath}${key}`);
  addAnswer(builder, answered, answeredPath);
  keepTools(builder, asked);
  return builder.done();
}

/** The object with the fields, and the path in front of their names. */
function inner(row: Fields, part: 'request' | 'response'): [Fields, string] {
  if (isFields(row.item)) return [row.item, 'item.'];
  const found = row[part];
  if (!isFields(found)) return [row, ''];
  return isFields(found.body) ? [found.body, `${part}.body.`] : [found, `${part}.`];
}

function addAnswer(builder: RowBuilder, from: Fields, path: string): void {
  const choice = Array.isArray(from.choices) ? from.choices[0] : undefined;
  if (isFields(choice) && choice.message !== undefined) {
    addMessage(builder, choice.message, `${path}choices[0].message`, 'assistant');
    return;
  }
  if (Array.isArray(from.output)) {
    // The Responses API lists reasoning and other items beside the messages.
    const messages = from.output.filter(
      (item) => !isFields(item) || item.type === undefined || item.type === 'message',
    );
    addMessages(builder, messages, `${path}output`, 'assistant');
    return;
  }
  const answer = from.output ?? from.output_text;
  if (answer !== undefined) {
    builder.addText('assistant', answer, `${path}output`);
    return;
  }
  builder.problem('field_missing', `${path}choices`, 'This completion has no answer: neither "choices" nor "output".');
}

/** Names under which an object may hold a lone question or answer. */
const ASKED = ['question', 'query', 'prompt', 'input', 'text', 'message', 'user'];
const ANSWERED = ['content', 'answer', 'output', 'response', 'text', 'completion', 'expected'];

/**
 * An item of a Langfuse dataset: `input` and `expectedOutput` are any JSON at all.
 * Source: langfuse.com API reference, DatasetItem; its exports write `expected_output` in tables. Archived items take no part
 * in Langfuse's own runs either.
 */
export function fromLangfuse(row: Fields): Converted {
  const builder = new RowBuilder();
  if (row.status === 'ARCHIVED') {
    builder.problem('item_archived', 'status', 'This item is archived.');
    return builder.done();
  }
  const { input } = row;
  if (isFields(input) && Array.isArray(input.messages)) {
    addMessages(builder, input.messages, 'input.messages');
    keepTools(builder, input);
  } else if (Array.isArray(input)) addMessages(builder, input, 'input');
  else builder.addText('user', lone(input, ASKED), 'input');
  const key = row.expectedOutput !== undefined ? 'expectedOutput' : 'expected_output';
  const expected = row[key];
  if (Array.isArray(expected) && expected.every((item) => isFields(item) && 'role' in item))
    addMessages(builder, expected, key, 'assistant');
  else if (isFields(expected) && expected.role !== undefined) addMessage(builder, expected, key, 'assistant');
  else builder.addText('assistant', lone(expected, ANSWERED), key);
  return builder.done();
}

/** The one text of an object that has nothing else; objects with more are an answer in JSON. */
function lone(value: unknown, names: readonly string[]): unknown {
  if (!isFields(value)) return value;
  const keys = Object.keys(value);
  const [only] = keys;
  return keys.length === 1 && only !== undefined && names.includes(only) ? textOf(value[only]) : value;
}
