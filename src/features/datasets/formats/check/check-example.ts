import { isObject, kindOf, type Report } from './check-content';
import { MessageChecker } from './check-messages';
import { checkTools } from './check-tools';
import type { Example } from './example';

const KNOWN_KEYS = new Set(['messages', 'tools', 'functions', 'parallel_tool_calls', 'metadata', 'id']);

/**
 * Checks one parsed row against OpenAI's chat fine-tuning format and reports all problems at once.
 * Source: platform.openai.com/docs/guides/fine-tuning (format of `messages`, `tools`, `weight`, `parallel_tool_calls`).
 *
 * @returns the row in the shape that measuring needs, or null when there is no conversation to speak of
 */
export function checkExample(row: unknown, report: Report): Example | null {
  if (!isObject(row)) {
    report('not_object', '$', `This row is ${kindOf(row)}, not an object.`, row);
    return null;
  }
  checkTools(row.tools, 'tools', report);
  checkTools(row.functions, 'functions', report);
  if (row.functions !== undefined) report('legacy_function_call', 'functions', 'This row uses "functions".');
  if (row.parallel_tool_calls !== undefined && typeof row.parallel_tool_calls !== 'boolean')
    report(
      'parallel_tool_calls_invalid',
      'parallel_tool_calls',
      `It is ${kindOf(row.parallel_tool_calls)}.`,
      row.parallel_tool_calls,
    );
  const unknown = Object.keys(row).filter((key) => !KNOWN_KEYS.has(key));
  const { messages } = row;
  if (!Array.isArray(messages) || messages.length === 0) {
    const said = messages === undefined ? 'has no "messages"' : `has ${kindOf(messages)} as "messages"`;
    const hint = unknown.length > 0 ? ` It has: ${unknown.slice(0, 5).join(', ')}.` : '';
    report(
      'messages_missing',
      'messages',
      `This row ${Array.isArray(messages) ? 'has an empty list of messages' : said}.${hint}`,
      row,
    );
    return null;
  }
  for (const key of unknown) report('unknown_key', key.slice(0, 60), `No provider reads "${key.slice(0, 60)}".`);
  const checked = new MessageChecker(report).check(messages);
  const last = messages.length - 1;
  if (!isObject(messages[last]) || messages[last].role !== 'assistant')
    report('last_not_assistant', `messages[${last}]`, 'The last message is not an answer of the assistant.');
  if (!checked.some((message) => message.trained))
    report('nothing_to_train', 'messages', 'No answer of this row is trained on.');
  return { messages: checked, tools: row.tools ?? row.functions };
}
