import { describe, expect, it } from 'vitest';
import { detectFormat } from './detect-format';
import type { Container } from './format.schema';
import { sampleOf } from './sample';

const chat = '{"messages":[{"role":"user","content":"Q"},{"role":"assistant","content":"A"}]}';
const turns = '{"conversations":[{"from":"human","value":"Q"},{"from":"gpt","value":"A"}]}';
const lines: Container = { type: 'lines' };
const list: Container = { type: 'list', member: null };
const csv: Container = { type: 'table', delimiter: ',' };
const pretty = (json: string) => JSON.stringify(JSON.parse(json), null, 2);

const cases: [what: string, text: string, kind: string, container: Container, confidence: string][] = [
  ['chat JSONL', `${chat}\n${chat}\n`, 'chat', lines, 'sure'],
  ['one line of chat', chat, 'chat', lines, 'sure'],
  ['chat after blank lines', `\n\n${chat}\n`, 'chat', lines, 'sure'],
  ['a JSON list of chats', `[${chat},\n${chat}]`, 'chat', list, 'sure'],
  ['chat objects over many lines', `${pretty(chat)}\n${pretty(chat)}\n`, 'chat', { type: 'values' }, 'sure'],
  ['ShareGPT lines', `${turns}\n${turns}\n`, 'sharegpt', lines, 'sure'],
  ['one ShareGPT line', turns, 'sharegpt', lines, 'sure'],
  ['a ShareGPT list', pretty(`[${turns}]`), 'sharegpt', list, 'sure'],
  ['Alpaca', '[{"instruction":"I","input":"","output":"O"}]', 'alpaca', list, 'sure'],
  ['prompt and completion', '{"prompt":"Q","completion":"A"}\n', 'prompt_completion', lines, 'sure'],
  [
    'a preference pair',
    '{"input":{"messages":[]},"preferred_output":[],"non_preferred_output":[]}\n',
    'preference',
    lines,
    'sure',
  ],
  ['chosen and rejected', '{"prompt":"Q","chosen":"A","rejected":"B"}\n', 'preference', lines, 'sure'],
  [
    'the viewer of public datasets',
    `{"features":[{"name":"x"}],"rows":[{"row_idx":0,"row":${turns}}]}`,
    'sharegpt',
    { type: 'list', member: 'rows' },
    'sure',
  ],
  [
    'its rows over many lines',
    pretty(`{"features":[],"rows":[{"row_idx":0,"row":${turns}}]}`),
    'sharegpt',
    { type: 'list', member: 'rows' },
    'sure',
  ],
  [
    'stored completions',
    `{"object":"list","data":[{"messages":[],"choices":[]}]}`,
    'stored_completion',
    { type: 'list', member: 'data' },
    'sure',
  ],
  ['Langfuse items', '[{"id":"1","input":{"q":1},"expectedOutput":"A"}]', 'langfuse', list, 'sure'],
  ['Langfuse as a table', 'id,input,expected_output\n1,"{""a"":1}",B\n', 'langfuse', csv, 'sure'],
  [
    'an export of our own',
    `line,messages,tools\n1,"${JSON.stringify(JSON.parse(chat).messages).replaceAll('"', '""')}",\n`,
    'chat',
    csv,
    'sure',
  ],
  ['a table with telling names', 'id,question,answer\n1,Q,A\n', 'fields', csv, 'sure'],
  ['prompt and completion as a table', 'prompt,completion\r\n"Q, or so",A\r\n', 'fields', csv, 'sure'],
  ['two columns', 'left;right\na;b\n', 'fields', { type: 'table', delimiter: ';' }, 'likely'],
  ['tabs', 'question\tanswer\nQ, yes, no\tA\n', 'fields', { type: 'table', delimiter: '\t' }, 'sure'],
  ['a table that says nothing', 'a,b,c\n1,2,3\n', 'fields', csv, 'unknown'],
  ['JSON with telling names', '{"question":"Q","reply":"A","id":1}\n', 'fields', lines, 'sure'],
  ['JSON that says nothing', '{"x":1,"y":2,"z":3}\n', 'chat', lines, 'unknown'],
  ['broken JSON', '{"messages": [}\n{"messages": [}\n', 'chat', lines, 'unknown'],
  ['prose with a comma', 'Dear all, hello\nhow are you\n', 'fields', csv, 'likely'],
  ['a web page', '<html>,\n<body>,\n', 'chat', lines, 'unknown'],
  ['nothing', '', 'chat', lines, 'unknown'],
];

describe('detectFormat', () => {
  it.each(cases)('knows %s', (_, text, kind, container, confidence) => {
    const found = detectFormat(Buffer.from(text), true);
    expect({ ...found.format, confidence: found.confidence }).toMatchObject({ kind, container, confidence });
    expect(found.why).toMatch(/\.$/);
  });

  it('looks past a cut at any place: it never throws and keeps to what was seen', () => {
    for (const [, text, kind] of cases.filter(([, , , , confidence]) => confidence === 'sure')) {
      const long = Buffer.from(text.trimEnd().replace(/[\]}]*$/, '$&\n'));
      for (let cut = 1; cut < long.length; cut += 7)
        expect(() => detectFormat(long.subarray(0, cut), false), kind).not.toThrow();
    }
  });

  it('takes what somebody said, and finds out the rest', () => {
    const head = Buffer.from('q,a,b\n1,2,3\n');
    const mapping = { system: null, prompt: 'b', answer: 'a' };
    expect(detectFormat(head, true, { kind: 'fields', mapping }).format).toEqual({
      kind: 'fields',
      container: csv,
      mapping,
    });
    expect(detectFormat(Buffer.from(chat), true, { kind: 'alpaca' }).format).toEqual({
      kind: 'alpaca',
      container: lines,
      mapping: null,
    });
  });

  it('names the fields to choose from, those within objects too', () => {
    expect(detectFormat(Buffer.from('{"a":{"b":1},"c":2,"d":3}\n'), true).fields).toEqual(['a', 'a.b', 'c', 'd']);
  });
});

describe('sampleOf', () => {
  it('shows what rows become, and why others do not, with their lines', () => {
    const head = Buffer.from('question,answer\n"two\nlines",A\nQ,\nlast,"row"\n');
    const { format } = detectFormat(head, true);
    const sample = sampleOf(head, true, format);
    expect(sample).toEqual({
      rows: 3,
      part: null,
      examples: [
        {
          line: 2,
          messages: [
            { role: 'user', text: 'two\nlines' },
            { role: 'assistant', text: 'A' },
          ],
        },
        {
          line: 5,
          messages: [
            { role: 'user', text: 'last' },
            { role: 'assistant', text: 'row' },
          ],
        },
      ],
      leftOut: 1,
      problems: [{ line: 4, path: 'answer', message: 'The field "answer" is empty.' }],
    });
  });

  it('counts the rows of a list, not lines, and not what is wrong with them', () => {
    const head = Buffer.from(
      '[{"prompt":"","completion":""},{"prompt":"Q","completion":"A"},{"prompt":"","completion":"A"}]',
    );
    const { format } = detectFormat(head, true);
    const { leftOut, problems, rows } = sampleOf(head, true, format);
    expect({ leftOut, rows }).toEqual({ leftOut: 2, rows: 3 });
    expect(problems.map(({ line }) => line)).toEqual([1, 1, 3]);
  });

  it('says what is no JSON and what has no messages', () => {
    const head = Buffer.from(`${chat}\n{oops\n{"messages":[]}\n`);
    const { problems } = sampleOf(head, true, { kind: 'chat', container: lines, mapping: null });
    expect(problems.map(({ line, path }) => [line, path])).toEqual([
      [2, null],
      [3, 'messages'],
    ]);
  });
});
