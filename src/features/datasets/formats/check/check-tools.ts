import { isObject, kindOf, type Report } from './check-content';
import type { Message } from './example';

const NAME = /^[a-zA-Z0-9_.-]{1,64}$/;

/** `tools` (and the older `functions`): definitions the model may call. */
export function checkTools(tools: unknown, path: string, report: Report): void {
  if (tools === undefined) return;
  if (!Array.isArray(tools)) {
    report('tools_invalid', path, `"${path}" is ${kindOf(tools)}, not a list of tools.`, tools);
    return;
  }
  tools.forEach((tool, i) => {
    const place = `${path}[${i}]`;
    if (!isObject(tool) || (path === 'tools' && tool.type !== 'function')) {
      report('tools_invalid', `${place}.type`, 'A tool needs "type": "function".', tool);
      return;
    }
    const definition = path === 'tools' ? tool.function : tool;
    const inside = path === 'tools' ? `${place}.function` : place;
    if (!isObject(definition)) {
      report('tools_invalid', inside, 'A tool needs a function with a name.', tool);
      return;
    }
    if (typeof definition.name !== 'string' || !NAME.test(definition.name))
      report(
        'tools_invalid',
        `${inside}.name`,
        'A function needs a name of up to 64 letters, digits, _ or -.',
        definition.name,
      );
    if (definition.parameters !== undefined && !isObject(definition.parameters))
      report(
        'tools_invalid',
        `${inside}.parameters`,
        'Parameters must be a JSON schema (an object).',
        definition.parameters,
      );
  });
}

/** The calls of one assistant message, with the ids that have to be answered. */
export function checkToolCalls(
  calls: unknown,
  path: string,
  report: Report,
): { calls: NonNullable<Message['calls']>; ids: string[] } {
  if (!Array.isArray(calls) || calls.length === 0) {
    report(
      'tool_call_invalid',
      path,
      `tool_calls is ${kindOf(calls)}; it must be a list with at least one call.`,
      calls,
    );
    return { calls: [], ids: [] };
  }
  const ids: string[] = [];
  const good = calls.flatMap((call: unknown, i) => {
    const place = `${path}[${i}]`;
    if (!isObject(call)) {
      report('tool_call_invalid', place, `The call is ${kindOf(call)}, not an object.`, call);
      return [];
    }
    if (typeof call.id !== 'string' || call.id === '')
      report('tool_call_invalid', `${place}.id`, 'The call has no id.', call);
    else if (ids.includes(call.id))
      report('tool_call_invalid', `${place}.id`, `The id "${call.id.slice(0, 60)}" is used twice.`, call.id);
    else ids.push(call.id);
    if (call.type !== undefined && call.type !== 'function')
      report('tool_call_invalid', `${place}.type`, 'The type of a call must be "function".', call.type);
    return checkFunction(call.function, `${place}.function`, report);
  });
  return { calls: good, ids };
}

/** `{ name, arguments }`, where arguments is JSON written as text. */
export function checkFunction(call: unknown, path: string, report: Report): { name: string; args: string }[] {
  if (!isObject(call) || typeof call.name !== 'string' || !NAME.test(call.name)) {
    report('tool_call_invalid', `${path}.name`, 'The call names no function.', call);
    return [];
  }
  if (typeof call.arguments !== 'string') {
    report(
      'tool_call_invalid',
      `${path}.arguments`,
      `Arguments are ${kindOf(call.arguments)}; they must be JSON as a text.`,
      call.arguments,
    );
    return [];
  }
  try {
    JSON.parse(call.arguments);
  } catch {
    report('tool_call_invalid', `${path}.arguments`, 'The arguments are not valid JSON.', call.arguments);
  }
  return [{ name: call.name, args: call.arguments }];
}
