import { describe, expect, it } from 'vitest';
import { formatChoice } from '../../formats/format.schema';
import { sampleOf } from '../../formats/sample';
import { questionAboutText } from './look-at-file';
import { layoutOf, layoutOptions, readAs } from './prepare-layout';

const chat = (i: number) => `{"messages":[{"role":"user","content":"Q${i}"},{"role":"assistant","content":"A; ${i}"}]}`;
const asked = (text: string) => {
  const question = questionAboutText('file', text);
  if (!question) throw new Error('Nothing was asked.');
  return question;
};
const cell = (json: string) => `"${JSON.stringify(JSON.parse(json).messages).replaceAll('"', '""')}"`;

describe('how the rows of a file are packed', () => {
  it('is offered in every known way, and in the one that was found', () => {
    const question = asked(`{"about":"x","rows":[${chat(1)}]}`);
    const { container } = question.detection.format;
    const options = layoutOptions(container);
    expect(options.map(({ label }) => label)).toEqual([
      ...['JSONL', 'JSON list', 'JSON, list "rows"', 'JSON, one object after the other'],
      ...['CSV', 'CSV with semicolons', 'TSV', 'CSV with bars'],
    ]);
    expect(new Set(options.map(({ value }) => value)).size).toBe(options.length);
    expect(layoutOptions({ type: 'lines' })).toHaveLength(7);
    for (const { value } of options) expect(layoutOf(readAs(question, value).format.container)).toBe(value);
    expect(readAs(question, layoutOf(container))).toEqual(question.detection);
  });

  it('can be corrected for a chat file, with its columns and its sample', () => {
    // The header has more commas than semicolons.
    const question = asked(`messages;note, a, b\n${cell(chat(1))};x\n${cell(chat(2))};y\n`);
    expect(question.detection.format.container).toEqual({ type: 'table', delimiter: ',' });
    const semicolons = layoutOf({ type: 'table', delimiter: ';' });
    const found = readAs(question, semicolons);
    expect(found).toMatchObject({ fields: ['messages', 'note, a, b'], confidence: 'sure' });
    expect(found.format).toEqual({ kind: 'chat', container: { type: 'table', delimiter: ';' }, mapping: null });
    expect(sampleOf(question.bytes, question.whole, found.format)).toMatchObject({
      leftOut: 0,
      examples: [{ messages: [{ text: 'Q1' }, { text: 'A; 1' }] }, { messages: [{ text: 'Q2' }, {}] }],
    });
    // What is sent is what was seen.
    expect(formatChoice.parse(found.format)).toEqual(found.format);
  });

  it('can be corrected between lists and lines', () => {
    const question = asked(`[${chat(1)},\n${chat(2)}]`);
    const lines = readAs(question, layoutOf({ type: 'lines' }));
    expect(sampleOf(question.bytes, true, lines.format)).toMatchObject({ examples: [], leftOut: 2 });
    const back = readAs(question, layoutOf({ type: 'list', member: null }));
    expect(sampleOf(question.bytes, true, back.format)).toMatchObject({ leftOut: 0, rows: 2 });
  });

  it('leaves the kind to be chosen where the rows do not tell it', () => {
    const question = asked('a;b;c\n1;2;3\n');
    expect(readAs(question, layoutOf({ type: 'table', delimiter: ';' }))).toMatchObject({
      format: { kind: 'fields', mapping: null },
      fields: ['a', 'b', 'c'],
    });
  });
});
