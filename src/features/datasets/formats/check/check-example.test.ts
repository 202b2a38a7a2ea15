import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemKinds } from '../../problem.rules';
import { checkExample } from './check-example';

const user = { role: 'user', content: 'Hi' };
const answer = { role: 'assistant', content: 'Hello' };
const call = (id: string) => ({ id, type: 'function', function: { name: 'look_up', arguments: '{"a":1}' } });
const calling = (...ids: string[]) => ({ role: 'assistant', tool_calls: ids.map(call) });
const toolAnswer = (id: string) => ({ role: 'tool', tool_call_id: id, content: '42' });
const tools = [{ type: 'function', function: { name: 'look_up', parameters: { type: 'object' } } }];

function problems(row: unknown): string[] {
  const found: string[] = [];
  checkExample(row, (code, path) => found.push(`${code} ${path}`));
  return found;
}

describe('a good row', () => {
  it.each([
    ['question and answer', { messages: [user, answer] }],
    [
      'all roles',
      {
        messages: [
          { role: 'system', content: 's' },
          { role: 'developer', content: 'd' },
          { ...user, name: 'Ann' },
          answer,
        ],
      },
    ],
    ['weights', { messages: [user, { ...answer, weight: 0 }, user, { ...answer, weight: 1 }] }],
    [
      'text parts',
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'a' },
              { type: 'text', text: 'b' },
            ],
          },
          answer,
        ],
      },
    ],
    [
      'an image',
      {
        messages: [
          { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.org/a.png' } }] },
          answer,
        ],
      },
    ],
    [
      'answered calls, in parallel',
      {
        messages: [user, calling('a', 'b'), toolAnswer('b'), toolAnswer('a'), answer],
        tools,
        parallel_tool_calls: true,
      },
    ],
    ['a call as the last answer', { messages: [user, calling('a')], tools }],
    ['a refusal', { messages: [user, { role: 'assistant', content: null, refusal: 'No.' }] }],
  ])('%s: nothing is reported', (_, row) => {
    expect(problems(row)).toEqual([]);
  });
});

describe('the order of the messages', () => {
  const system = { role: 'system', content: 's' };
  const other = { role: 'assistant', content: 'And?' };
  it.each([
    ['an instruction in the middle', [user, answer, system, user, answer], 2],
    ['an answer to nothing', [system, answer], 1],
    ['two questions', [user, { role: 'user', content: 'Are you there?' }, answer], 1],
    ['two answers', [system, user, answer, other], 3],
    ['all of it, told once', [user, user, answer, other, system, user, answer], 1],
  ])('%s', (_, messages, index) => {
    expect(problems({ messages })).toEqual([`role_order messages[${index}].role`]);
  });

  it('is not told of where a message is none', () => {
    expect(problems({ messages: [7, answer] })).toEqual(['message_invalid messages[0]']);
  });
});

describe('a bad row', () => {
  it.each([
    ['a list', [], ['not_object $']],
    ['null', null, ['not_object $']],
    ['no messages', { prompt: 'a' }, ['messages_missing messages']],
    ['no message at all', { messages: [] }, ['messages_missing messages']],
    ['a text as message', { messages: ['hi', answer] }, ['message_invalid messages[0]']],
    ['an unknown role', { messages: [{ role: 'bot', content: 'x' }, answer] }, ['role_unknown messages[0].role']],
    ['no content', { messages: [{ role: 'user' }, answer] }, ['content_missing messages[0].content']],
    [
      'a number as content',
      { messages: [{ role: 'user', content: 7 }, answer] },
      ['content_invalid messages[0].content'],
    ],
    [
      'an empty answer',
      { messages: [user, { role: 'assistant', content: '' }] },
      ['content_missing messages[1].content'],
    ],
    [
      'a blank system prompt',
      { messages: [{ role: 'system', content: ' ' }, user, answer] },
      ['prompt_blank messages[0].content'],
    ],
    ['a blank question', { messages: [{ role: 'user', content: ' ' }, answer] }, ['content_blank messages[0].content']],
    [
      'a part without text',
      { messages: [{ role: 'user', content: [{ type: 'text' }] }, answer] },
      ['content_invalid messages[0].content[0].text'],
    ],
    [
      'a sound part',
      { messages: [{ role: 'user', content: [{ type: 'input_audio' }] }, answer] },
      ['content_invalid messages[0].content[0].type'],
    ],
    ['half a weight', { messages: [user, { ...answer, weight: 0.5 }] }, ['weight_invalid messages[1].weight']],
    ['a weighted question', { messages: [{ ...user, weight: 1 }, answer] }, ['weight_misplaced messages[0].weight']],
    ['all weights 0', { messages: [user, { ...answer, weight: 0 }] }, ['nothing_to_train messages']],
    ['a question at the end', { messages: [user, answer, user] }, ['last_not_assistant messages[2]']],
    ['a long name', { messages: [{ ...user, name: 'n'.repeat(65) }, answer] }, ['name_invalid messages[0].name']],
    [
      'an unanswered call',
      { messages: [user, calling('a'), user, answer] },
      ['tool_call_unanswered messages[1].tool_calls[0]'],
    ],
    [
      'one of two calls unanswered',
      { messages: [user, calling('a', 'b'), toolAnswer('a'), answer] },
      ['tool_call_unanswered messages[1].tool_calls[1]'],
    ],
    [
      'an answer to nothing',
      { messages: [user, toolAnswer('z'), answer] },
      ['tool_answer_unknown messages[1].tool_call_id'],
    ],
    [
      'the same id twice',
      { messages: [user, calling('a', 'a'), toolAnswer('a'), answer] },
      ['tool_call_invalid messages[1].tool_calls[1].id'],
    ],
    [
      'arguments that are no JSON',
      {
        messages: [
          user,
          { role: 'assistant', tool_calls: [{ ...call('a'), function: { name: 'f', arguments: '{' } }] },
        ],
      },
      ['tool_call_invalid messages[1].tool_calls[0].function.arguments'],
    ],
    [
      'calls of a user',
      { messages: [{ ...user, tool_calls: [call('a')] }, answer] },
      ['tool_call_invalid messages[0].tool_calls'],
    ],
    [
      'a tool without a name',
      { messages: [user, answer], tools: [{ type: 'function', function: {} }] },
      ['tools_invalid tools[0].function.name'],
    ],
    [
      'a word for a switch',
      { messages: [user, answer], parallel_tool_calls: 'yes' },
      ['parallel_tool_calls_invalid parallel_tool_calls'],
    ],
    ['a key nobody reads', { messages: [user, answer], topic: 'x' }, ['unknown_key topic']],
    [
      'a NUL character',
      { messages: [{ role: 'user', content: 'a\u0000' }, answer] },
      ['nul_character messages[0].content'],
    ],
    [
      'half a character',
      { messages: [{ role: 'user', content: 'a\ud800b' }, answer] },
      ['broken_character messages[0].content'],
    ],
  ])('%s', (_, row, expected) => {
    expect(problems(row)).toEqual(expected);
  });

  it('gets all of its problems at once', () => {
    const row = { messages: [{ role: 'bot' }, 7, { ...user, weight: 1, name: 3 }], tools: 1, extra: 1 };
    expect(problems(row).map((said) => said.split(' ')[0])).toEqual([
      ...['tools_invalid', 'unknown_key', 'role_unknown', 'content_missing', 'message_invalid', 'name_invalid'],
      ...['weight_misplaced', 'last_not_assistant', 'nothing_to_train'],
    ]);
  });
});

it('never throws, and only says what the table of problems knows', () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  const message = fc.record(
    {
      role: fc.oneof(fc.constantFrom('user', 'assistant', 'tool', 'system'), value),
      ...{
        content: value,
        name: value,
        weight: value,
        tool_calls: value,
        tool_call_id: value,
        function_call: value,
        refusal: value,
      },
    },
    { requiredKeys: [] },
  );
  const row = fc.record(
    { messages: fc.oneof(fc.array(fc.oneof(message, value), { maxLength: 6 }), value), tools: value, functions: value },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(row, value), (candidate) => {
      const codes: string[] = [];
      const example = checkExample(candidate, (code) => codes.push(code));
      expect(codes.every((code) => code in problemKinds)).toBe(true);
      if (example === null) expect(codes.length).toBeGreaterThan(0);
    }),
    { seed: 9, numRuns: 2000 },
  );
});
