import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sampleOf } from '../../formats/sample';
import { type FileQuestion, lookAtFile } from './look-at-file';
import { fileToUpload } from './recode-file';

const file = (name: string, bytes: Uint8Array | string) => new File([bytes as BlobPart], name, { lastModified: 5 });
const look = async (name: string, bytes: Uint8Array | string): Promise<FileQuestion> => {
  const question = await lookAtFile(file(name, bytes));
  if (!question) throw new Error('Nothing was asked.');
  return question;
};
const sample = ({ bytes, whole, detection }: FileQuestion) => sampleOf(bytes, whole, detection.format);

const CSV = 'Größe;Antwort\nWie groß ist Ärger?;Sehr groß\nUnd klein?;Kleiner\n';
const western = Buffer.from(CSV, 'latin1');

describe('a table that is not UTF-8', () => {
  it('is shown, and uploaded, as the text that was meant', async () => {
    const question = await look('faq.csv', western);
    expect(question).toMatchObject({ encoding: 'windows-1252', detection: { fields: ['Größe', 'Antwort'] } });
    expect(sample(question).examples[0]?.messages[0]?.text).toBe('Wie groß ist Ärger?');
    const sent = await fileToUpload(file('faq.csv', western), question);
    expect(sent).toMatchObject({ name: 'faq.csv', lastModified: 5 });
    expect(await sent.text()).toBe(CSV);
  });

  it('is shown as it is when it is packed, where its rows stay out', async () => {
    const question = await look('faq.csv.gz', gzipSync(western));
    expect(question.encoding).toBe('unreadable');
    expect(sample(question)).toMatchObject({
      leftOut: 1,
      problems: [{ line: 2, message: 'This row is not valid UTF-8.' }],
    });
    const packed = file('faq.csv.gz', gzipSync(western));
    expect(await fileToUpload(packed, question)).toBe(packed);
  });

  it('names the rows in which UTF-8 is damaged', async () => {
    const bytes = Buffer.concat([Buffer.from(CSV), Buffer.from([0xff]), Buffer.from(';A\n')]);
    const question = await look('faq.csv', bytes);
    expect(question.encoding).toBe('unreadable');
    expect(sample(question)).toMatchObject({ leftOut: 1, rows: 3, problems: [{ line: 4 }] });
  });
});

describe('chat JSONL', () => {
  const chat = '{"messages":[{"role":"user","content":"Q"},{"role":"assistant","content":"A"}]}\n';
  const pair = '{"prompt":"Q","completion":"A"}\n';

  it('is uploaded at once, also where a row of it is broken', async () => {
    expect(await lookAtFile(file('a.jsonl', chat.repeat(14)))).toBeNull();
    expect(await lookAtFile(file('a.jsonl', `${chat.repeat(14)}{oops\n{"messages":[]}\n`))).toBeNull();
  });

  it.each([
    ['half of it', chat.repeat(7) + pair.repeat(7), 7],
    ['one row', chat.repeat(99) + pair, 1],
  ])('is shown when %s is something else', async (_, text, leftOut) => {
    const question = await look('a.jsonl', text);
    expect(question.detection.format.kind).toBe('chat');
    const { problems, ...shown } = sample(question);
    expect(shown.leftOut).toBe(leftOut);
    expect(problems[0]?.message).toBe('This row has no "messages". It has: prompt, completion.');
  });
});
