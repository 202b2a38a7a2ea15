import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { glimpse, previewLine, previewOf } from './file-preview';

const row = (question: string, answer: string) =>
  JSON.stringify({
    messages: [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ],
  });
const good = row('Where is\nmy parcel?', 'On its way.');
const bad = row('Where is it?', '');
const lines = (...rows: string[]) => new Blob([`${rows.join('\n')}\n`]);

async function told(file: Blob): Promise<string> {
  const preview = await previewOf(file, undefined);
  return preview ? previewLine(preview) : 'nothing';
}

describe('the first rows of a chosen file', () => {
  it('say how many of them are fit to train on', async () => {
    expect(await told(lines(good))).toBe('The only row is fit to train on.');
    expect(await told(lines(good, good))).toBe('All 2 rows are fit to train on.');
    expect(await told(lines(good, bad, good))).toBe('1 of the 3 rows would stay out.');
    expect(await told(lines(bad, 'no json'))).toBe('All of the 2 rows would stay out.');
  });

  it('are the first ones of a large file', async () => {
    const large = lines(...Array.from({ length: 5000 }, (_, i) => (i === 7 ? bad : good)));
    expect(await told(large)).toBe('1 of the first 200 rows would stay out.');
    expect((await previewOf(large, undefined))?.sample.problems[0]).toMatchObject({ line: 8 });
  });

  it('are read out of a packed file, and as what somebody said it is', async () => {
    expect(await told(new Blob([gzipSync(Buffer.from(`${good}\n${good}\n`))]))).toBe('All 2 rows are fit to train on.');
    const table = new Blob(['q;a\nOne?;Two.\n']);
    const mapping = { system: null, prompt: 'q', answer: 'a' };
    const choice = { kind: 'fields', container: { type: 'table', delimiter: ';' }, mapping } as const;
    const preview = await previewOf(table, choice);
    expect(preview?.sample.examples.map(glimpse)).toEqual([{ question: 'One?', answer: 'Two.' }]);
  });

  it('are none of a file that is no text, or has no row', async () => {
    expect(await previewOf(new Blob([Buffer.from([80, 75, 3, 4, 0, 0])]), undefined)).toBeNull();
    expect(await previewOf(new Blob(['\n\n']), undefined)).toBeNull();
  });

  it('show question and answer in one line each', async () => {
    const preview = await previewOf(lines(good), undefined);
    expect(preview?.sample.examples.map(glimpse)).toEqual([{ question: 'Where is my parcel?', answer: 'On its way.' }]);
  });
});
