import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowOfCells } from '../../formats/cells';
import { toFields } from '../../formats/read-head';
import { TableReader } from '../../formats/table-reader';
import { writeCsv } from './write-csv';

const HEADER = 'line,split,tokens,system,prompt,answer,messages,tools,functions,parallel_tool_calls,other_fields';

async function csvOf(rows: unknown[], bom = false): Promise<string> {
  async function* batches() {
    yield rows.map((row, i) => ({ line: i + 1, split: 'train' as const, tokens: 7, body: JSON.stringify(row) }));
  }
  const parts: Buffer[] = [];
  for await (const part of writeCsv(batches(), bom)) parts.push(part);
  return Buffer.concat(parts).toString();
}
function records(csv: string): string[][] {
  const found: string[][] = [];
  const reader = new TableReader({ delimiter: ',', maxRecord: 1e6, onRecord: ({ cells }) => found.push(cells) });
  reader.push(csv);
  reader.end();
  return found;
}
/** The rows as an import reads them. */
function readAgain(csv: string): unknown[] {
  const [names = [], ...found] = records(csv);
  return found.map((cells) => rowOfCells('chat', toFields(names, cells)));
}
const talk = (question: string, answer: string, system?: string) => ({
  messages: [
    ...(system === undefined ? [] : [{ role: 'system', content: system }]),
    { role: 'user', content: question },
    { role: 'assistant', content: answer },
  ],
});

describe('a version as CSV', () => {
  it('has three columns for people and the exact conversation', async () => {
    const row = talk('Hi "you", all', 'Line one\nline two\r\n', 'Be brief.');
    const [head, cells] = records(await csvOf([row]));
    expect(head?.join(',')).toBe(HEADER);
    expect(cells).toEqual([
      ...['1', 'train', '7', 'Be brief.', 'Hi "you", all', 'Line one\nline two\r\n', JSON.stringify(row.messages)],
      ...['', '', '', ''],
    ]);
  });

  it('lets no text run as a formula', async () => {
    for (const text of ['=1+1', '+49 30', '-1', '@SUM(A1)', '\t=1', '\r=1']) {
      const [, cells] = records(await csvOf([talk(text, text, text)]));
      expect(cells?.slice(3, 6)).toEqual([`'${text}`, `'${text}`, `'${text}`]);
      expect(JSON.parse(cells?.[6] ?? '')).toEqual(talk(text, text, text).messages);
    }
    const [, plain] = records(await csvOf([talk('a=b', ' -1 ', 'x')]));
    expect(plain?.slice(4, 6)).toEqual(['a=b', ' -1 ']);
  });

  it('keeps tools, and says a call where an answer has no text', async () => {
    const call = { id: 'c1', type: 'function', function: { name: 'add', arguments: '{"a":1}' } };
    const tools = [{ type: 'function', function: { name: 'add', parameters: { type: 'object', properties: {} } } }];
    const messages = [
      { role: 'user', content: 'Add' },
      { role: 'assistant', tool_calls: [call] },
    ];
    const [, cells] = records(await csvOf([{ messages, tools, parallel_tool_calls: false }]));
    expect(cells?.slice(5)).toEqual([
      JSON.stringify([call]),
      JSON.stringify(messages),
      JSON.stringify(tools),
      '',
      'false',
      '',
    ]);
  });

  it('keeps every conversation, whatever is said in it', async () => {
    const seed = Date.now() & 0x7fffffff;
    console.info(`csv: seed ${seed}`);
    const odd = fc.string({ unit: fc.constantFrom('=', '"', ',', '\r', '\n', '\t', "'", ' ', 'a'), maxLength: 8 });
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), odd);
    const keeps = fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }), async (talks) => {
      const rows = talks.map(([question, answer]) => talk(question, answer));
      expect(readAgain(await csvOf(rows))).toEqual(rows);
    });
    await fc.assert(keeps, { seed, numRuns: 100 });
  }, 30_000);

  it('keeps every field beside the conversation and in its messages, whatever it holds', async () => {
    const seed = Date.now() & 0x7fffffff;
    console.info(`csv fields: seed ${seed}`);
    const name = fc.oneof(
      fc.constantFrom('id', 'metadata', 'other_fields', 'line', 'prompt', '', '__proto__', '=1'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    const field = fc.tuple(
      name.filter((one) => !['messages', 'tools', 'functions', 'parallel_tool_calls'].includes(one)),
      fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(null)),
    );
    const fields = fc.array(field, { maxLength: 4 }).map((entries) => Object.fromEntries(entries));
    const keeps = fc.asyncProperty(
      fc.array(fc.tuple(fields, fields), { minLength: 1, maxLength: 4 }),
      async (talks) => {
        const rows = talks.map(([beside, within]) => {
          const { messages } = talk('Who?', 'Me.');
          return { messages: messages.map((message) => ({ ...within, ...message })), ...beside };
        });
        expect(readAgain(await csvOf(rows))).toEqual(JSON.parse(JSON.stringify(rows)));
      },
    );
    await fc.assert(keeps, { seed, numRuns: 300 });
  }, 30_000);

  it('begins with the mark of UTF-8 on request only', async () => {
    expect(await csvOf([], true)).toBe(`\ufeff${HEADER}\n`);
    expect(await csvOf([])).toBe(`${HEADER}\n`);
  });
});
