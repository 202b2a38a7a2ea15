import { describe, expect, it } from 'vitest';
import { RowAnalysis, type RowToAnalyse } from './row-analysis';
import { TextCounter } from './text-counter';

const say = (user: string, assistant: unknown, more: { system?: string; weight?: number } = {}) => ({
  messages: [
    ...(more.system === undefined ? [] : [{ role: 'system', content: more.system }]),
    { role: 'user', content: user },
    { role: 'assistant', content: assistant, ...(more.weight !== undefined && { weight: more.weight }) },
  ],
});

function analyse(
  rows: readonly object[],
  change: (row: RowToAnalyse, i: number) => Partial<RowToAnalyse> = () => ({}),
) {
  const analysis = new RowAnalysis();
  for (const [i, body] of rows.entries()) {
    const row = { id: `id-${i}`, line: i + 1, split: 0, tokens: 100, trainableTokens: 10, body: JSON.stringify(body) };
    analysis.add({ ...row, ...change(row, i) });
  }
  return analysis.finish();
}

describe('words of the answers', () => {
  it('are counted without case, with their growth and what answers begin with', () => {
    const { vocabulary, openings, answers } = analyse([
      say('a', 'Thank you for your message. We’ll look.'),
      say('b', 'thank  you for your message, and goodbye'),
      say('c', 'Never learned at all, not even read', { weight: 0 }),
    ]);
    expect(answers).toBe(2);
    expect(vocabulary).toMatchObject({ words: 14, distinct: 9, capped: false });
    expect(vocabulary.frequent.slice(0, 2)).toEqual([
      { text: 'for', count: 2 },
      { text: 'message', count: 2 },
    ]);
    expect(vocabulary.growth.at(-1)).toEqual({ words: 14, distinct: 9 });
    expect(openings).toEqual([{ text: 'thank you for your message', count: 2 }]);
  });

  it('are single signs in Chinese', () => {
    const { vocabulary } = analyse([say('a', '您好，您的订单')]);
    expect(vocabulary).toMatchObject({ words: 6, distinct: 5 });
  });

  it('stay within bounds, and say so', () => {
    const counter = new TextCounter(3);
    for (const text of ['a', 'b', 'c', 'd', 'a', 'd']) counter.add(text);
    expect(counter).toMatchObject({ distinct: 3, capped: true });
    expect(counter.top(1)).toEqual([{ text: 'a', count: 2 }]);
  });

  it('grow at equal distances, in few points, however many there are', () => {
    const rows = Array.from({ length: 400 }, (_, i) => say('a', `one two three word${i} and some more`));
    const { growth } = analyse(rows).vocabulary;
    expect(growth.length).toBeLessThan(60);
    const steps = new Set(growth.slice(1, -1).map(({ words }, i) => words - (growth[i]?.words ?? 0)));
    expect(steps.size).toBe(1);
    expect(growth.at(-1)).toEqual({ words: 2800, distinct: 406 });
  });
});

describe('labels', () => {
  it('are short answers that come back, by split', () => {
    const rows = Array.from({ length: 12 }, (_, i) => say(`q${i}`, i % 3 === 0 ? 'refund' : ' billing\n'));
    const { labels } = analyse(rows, (_, i) => ({ split: i === 1 ? 2 : 0 }));
    expect(labels).toEqual([
      {
        ...{ name: null, count: 12, distinct: 2, capped: false, numbers: null },
        values: [
          { text: 'billing', count: 8, splits: [7, 0, 1] },
          { text: 'refund', count: 4, splits: [4, 0, 0] },
        ],
      },
    ]);
  });

  it('are the fields of flat JSON, numbers with their range', () => {
    const answer = (i: number) => JSON.stringify({ label: i % 2 ? 'a' : 'b', priority: i, tags: ['x'], done: null });
    const { labels } = analyse(Array.from({ length: 4 }, (_, i) => say('q', answer(i))));
    expect(labels.map(({ name, distinct }) => [name, distinct])).toEqual([
      ['label', 2],
      ['priority', 4],
      ['tags', 1],
      ['done', 1],
    ]);
    expect(labels[1]?.numbers).toEqual({ min: 0, max: 3, mean: 1.5 });
    expect(labels[2]?.values).toEqual([{ text: '["x"]', count: 4, splits: [4, 0, 0] }]);
  });

  it.each([
    ['long answers', (i: number) => `${'A long answer that explains something at length. '.repeat(3)}${i}`],
    ['short answers that all differ', (i: number) => `number ${i}`],
    ['nested JSON', (i: number) => JSON.stringify({ a: { b: i % 2, c: 'x'.repeat(60) } })],
    ['broken JSON', (i: number) => `{"a":${i}${' '.repeat(60)}}}`],
  ])('are not seen in %s', (_, answer) => {
    expect(analyse(Array.from({ length: 20 }, (_, i) => say('q', answer(i)))).labels).toEqual([]);
  });
});

describe('the rest of a row', () => {
  it('gives system prompts, tools and languages', () => {
    const call = { type: 'function', id: 'c', function: { name: 'find', arguments: '{}' } };
    const tools = ['find', 'pay'].map((name) => ({ type: 'function', function: { name } }));
    const row = {
      tools,
      messages: [
        { role: 'user', content: 'Where is the order that I have made with you?' },
        { role: 'assistant', content: null, tool_calls: [call, call] },
        { role: 'tool', content: 'nowhere', tool_call_id: 'c' },
        { role: 'assistant', content: 'Die Bestellung ist noch nicht auf dem Weg.' },
      ],
    };
    const found = analyse([
      row,
      say('hi', 'ok', { system: 'Be brief.' }),
      say('hi', 'ok', { system: 'Be brief.' }),
      say('hi', 'ok', { system: 'Be kind.' }),
    ]);
    expect(found.systemPrompts).toEqual({
      ...{ without: 1, distinct: 2, capped: false },
      frequent: [
        { text: 'Be brief.', characters: 9, count: 2 },
        { text: 'Be kind.', characters: 8, count: 1 },
      ],
    });
    expect(found.tools).toEqual([
      { name: 'find', offered: 1, calls: 2, examples: 1 },
      { name: 'pay', offered: 1, calls: 0, examples: 0 },
    ]);
    expect(found.languages).toEqual([
      { language: 'und', questions: 3, answers: 3 },
      { language: 'de', questions: 0, answers: 1 },
      { language: 'en', questions: 1, answers: 0 },
    ]);
    expect(found.languageChanges).toBe(1);
  });

  it('finds lengths far from all others at both ends, and none where all are alike', () => {
    const rows = Array.from({ length: 40 }, () => say('q', 'a'));
    const { lengths } = analyse(rows, (_, i) => ({
      tokens: i === 7 ? 9000 : i === 9 ? 1 : 100 + i,
      trainableTokens: 10 + (i % 2),
    }));
    expect(lengths?.tokens).toMatchObject({ below: 1, above: 1 });
    expect(lengths?.tokens.rows).toEqual([
      { id: 'id-7', line: 8, value: 9000 },
      { id: 'id-9', line: 10, value: 1 },
    ]);
    expect(lengths?.trainableTokens).toMatchObject({ below: 0, above: 0, rows: [] });
  });

  it('is left out where it is too long to be looked into, and counted as that', () => {
    const { read, skipped, answers } = analyse([say('q', 'a'), say('q', 'a')], (_, i) =>
      i === 0 ? { body: null } : {},
    );
    expect({ read, skipped, answers }).toEqual({ read: 2, skipped: 1, answers: 1 });
  });

  it('is empty for no rows', () => {
    expect(analyse([])).toMatchObject({ read: 0, lengths: null, labels: [], openings: [] });
  });
});
