import { describe, expect, it } from 'vitest';
import { convertRow, sourcePath } from './convert-row';
import { unwrapRow } from './dataset-viewer';
import type { FormatKind } from './format.rules';
import type { FieldMapping } from './format.schema';

const say = (role: string, content: unknown, more = {}) => ({ role, content, ...more });
const pair = [say('user', 'Q'), say('assistant', 'A')];
const asked = { messages: [say('user', 'Q')] };

interface Case {
  what: string;
  kind: FormatKind;
  mapping?: FieldMapping;
  row: unknown;
  messages?: unknown[];
  extras?: object;
  /** Where the problems are, when it is none. */
  paths?: string[];
}

const cases: Case[] = [
  { what: 'texts', kind: 'prompt_completion', row: { prompt: 'Q', completion: 'A', id: 1 }, messages: pair },
  {
    what: 'lists of messages',
    kind: 'prompt_completion',
    row: { prompt: [pair[0]], completion: [pair[1]] },
    messages: pair,
  },
  { what: 'a missing completion', kind: 'prompt_completion', row: { prompt: 'Q' }, paths: ['completion'] },
  {
    what: 'two empty fields',
    kind: 'prompt_completion',
    row: { prompt: ' ', completion: '' },
    paths: ['prompt', 'completion'],
  },
  { what: 'a text in place of a row', kind: 'prompt_completion', row: 'Q', paths: ['$'] },
  {
    what: 'a talk',
    kind: 'sharegpt',
    row: {
      system: 'S',
      conversations: [
        { from: 'human', value: 'Q' },
        { from: 'gpt', value: 'A', weight: 0 },
      ],
    },
    messages: [say('system', 'S'), say('user', 'Q'), say('assistant', 'A', { weight: 0 })],
  },
  { what: 'role and content', kind: 'sharegpt', row: { conversations: pair }, messages: pair },
  {
    what: 'a call and its answer',
    kind: 'sharegpt',
    row: {
      conversations: [
        { from: 'human', value: 'Q' },
        { from: 'function_call', value: '{"name":"f","arguments":{"a":1}}' },
        { from: 'observation', value: '42' },
        { from: 'gpt', value: 'A' },
      ],
      tools: '[{"type":"function","function":{"name":"f"}}]',
    },
    messages: [
      say('user', 'Q'),
      {
        role: 'assistant',
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
      },
      say('tool', '42', { tool_call_id: 'call_1' }),
      say('assistant', 'A'),
    ],
    extras: { tools: [{ type: 'function', function: { name: 'f' } }] },
  },
  {
    what: 'a stranger',
    kind: 'sharegpt',
    row: { conversations: [{ from: 'cat', value: 'Q' }] },
    paths: ['conversations[0].from'],
  },
  {
    what: 'a turn without text',
    kind: 'sharegpt',
    row: { conversations: [{ from: 'gpt' }] },
    paths: ['conversations[0].value'],
  },
  { what: 'no turns', kind: 'sharegpt', row: { conversations: [] }, paths: ['conversations'] },
  {
    what: 'a broken call',
    kind: 'sharegpt',
    row: { conversations: [{ from: 'function_call', value: '{' }] },
    paths: ['conversations[0].value'],
  },
  {
    what: 'input below',
    kind: 'alpaca',
    row: { instruction: 'I', input: 'N', output: 'A' },
    messages: [say('user', 'I\n\nN'), say('assistant', 'A')],
  },
  { what: 'no input', kind: 'alpaca', row: { instruction: 'Q', input: '', output: 'A' }, messages: pair },
  {
    what: 'history',
    kind: 'alpaca',
    row: { system: 'S', instruction: 'Q', output: 'A', history: [['q', 'a']] },
    messages: [say('system', 'S'), say('user', 'q'), say('assistant', 'a'), ...pair],
  },
  {
    what: 'broken history',
    kind: 'alpaca',
    row: { instruction: 'Q', output: 'A', history: ['q'] },
    paths: ['history[0]'],
  },
  { what: 'no output', kind: 'alpaca', row: { instruction: 'Q', output: null }, paths: ['output'] },
  {
    what: 'the better answer',
    kind: 'preference',
    row: {
      input: { ...asked, tools: [1] },
      preferred_output: [pair[1]],
      non_preferred_output: [say('assistant', 'B')],
    },
    messages: pair,
    extras: { tools: [1] },
  },
  { what: 'chosen texts', kind: 'preference', row: { prompt: 'Q', chosen: 'A', rejected: 'B' }, messages: pair },
  {
    what: 'a whole talk chosen',
    kind: 'preference',
    row: { prompt: 'Q', chosen: pair, rejected: pair },
    messages: pair,
  },
  { what: 'no preferred answer', kind: 'preference', row: { input: asked }, paths: ['preferred_output'] },
  { what: 'no input', kind: 'preference', row: { input: 3, preferred_output: [pair[1]] }, paths: ['input.messages'] },
  {
    what: 'the API list',
    kind: 'stored_completion',
    row: {
      id: 'x',
      messages: [pair[0]],
      choices: [{ index: 0, message: { ...pair[1], refusal: null, annotations: [] } }],
    },
    messages: pair,
  },
  {
    what: 'a batch log',
    kind: 'stored_completion',
    row: { request: { body: asked }, response: { body: { choices: [{ message: pair[1] }] } } },
    messages: pair,
  },
  { what: 'an item', kind: 'stored_completion', row: { item: { input: [pair[0]], output: 'A' } }, messages: pair },
  {
    what: 'a response',
    kind: 'stored_completion',
    row: {
      instructions: 'S',
      input: 'Q',
      output: [
        { type: 'reasoning' },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'A' }] },
      ],
    },
    messages: [say('system', 'S'), ...pair],
  },
  { what: 'no answer', kind: 'stored_completion', row: asked, paths: ['choices'] },
  { what: 'texts', kind: 'langfuse', row: { input: 'Q', expectedOutput: 'A', metadata: {} }, messages: pair },
  {
    what: 'lone names',
    kind: 'langfuse',
    row: { input: { question: 'Q' }, expected_output: { answer: 'A' } },
    messages: pair,
  },
  {
    what: 'an object to answer',
    kind: 'langfuse',
    row: { input: asked, expectedOutput: { team: 'x', urgent: true } },
    messages: [pair[0], say('assistant', '{"team":"x","urgent":true}')],
  },
  { what: 'messages', kind: 'langfuse', row: { input: [pair[0]], expectedOutput: pair[1] }, messages: pair },
  {
    what: 'an archived item',
    kind: 'langfuse',
    row: { input: 'Q', expectedOutput: 'A', status: 'ARCHIVED' },
    paths: ['status'],
  },
  {
    what: 'an active item',
    kind: 'langfuse',
    row: { input: 'Q', expectedOutput: 'A', status: 'ACTIVE' },
    messages: pair,
  },
  { what: 'nothing expected', kind: 'langfuse', row: { input: 'Q', expectedOutput: null }, paths: ['expectedOutput'] },
  {
    what: 'paths, numbers and a system prompt',
    kind: 'fields',
    mapping: { system: 's', prompt: 'data.q', answer: 'n' },
    row: { s: 'S', data: { q: 'Q' }, n: 42 },
    messages: [say('system', 'S'), say('user', 'Q'), say('assistant', '42')],
  },
  {
    what: 'a name with a dot before a path',
    kind: 'fields',
    mapping: { system: null, prompt: 'a.b', answer: 'c' },
    row: { 'a.b': 'Q', a: { b: 'other' }, c: 'A' },
    messages: pair,
  },
  {
    what: 'an empty system prompt',
    kind: 'fields',
    mapping: { system: 's', prompt: 'q', answer: 'a' },
    row: { s: '', q: 'Q', a: 'A' },
    messages: pair,
  },
  {
    what: 'an empty cell',
    kind: 'fields',
    mapping: { system: null, prompt: 'q', answer: 'a' },
    row: { q: 'Q', a: '' },
    paths: ['a'],
  },
  { what: 'no mapping', kind: 'fields', row: { q: 'Q' }, paths: ['$'] },
];

describe('convertRow', () => {
  it.each(cases)('$kind: $what', ({ kind, mapping = null, row, messages, extras, paths }) => {
    const before = JSON.stringify(row);
    const made = convertRow({ kind, mapping }, row);
    if (paths)
      expect(made).toMatchObject({ problems: paths.map((path) => ({ path, message: expect.stringMatching(/\.$/) })) });
    else expect(made).toMatchObject({ row: { messages, ...extras } });
    if ('row' in made) expect(made.places).toHaveLength(made.row.messages.length);
    expect(JSON.stringify(row)).toBe(before);
  });

  it('leaves a chat row as it is, and says when an answer stays out', () => {
    const row = { messages: [], x: 1 };
    expect(convertRow({ kind: 'chat', mapping: null }, row)).toEqual({ row, places: [] });
    const dpo = { prompt: 'Q', chosen: 'A', rejected: 'B' };
    expect(convertRow({ kind: 'preference', mapping: null }, dpo)).toMatchObject({ otherAnswer: true });
  });
});

it.each([
  ['messages[1].content', ['instruction', 'output'], 'output'],
  ['messages[0].content', ['messages[3]'], 'messages[3].content'],
  ['messages[0].tool_calls[0]', ['conversations[1].value'], 'conversations[1].value.tool_calls[0]'],
  ['messages[2].content', ['a'], 'messages[2].content'],
  ['tools', ['a'], 'tools'],
])('says where %s was', (path, places, said) => {
  expect(sourcePath(path, places)).toBe(said);
});

it('takes the row of a public dataset out of its shell', () => {
  expect(unwrapRow({ row_idx: 0, row: { a: 1 }, truncated_cells: [] })).toEqual({ a: 1 });
  expect(unwrapRow({ row: { a: 1 } })).toEqual({ row: { a: 1 } });
});
