import { describe, expect, it } from 'vitest';
import { contentProblem } from './content-check';

const hex = (text: string) => Buffer.concat([Buffer.from(text, 'hex'), Buffer.alloc(200, 7)]);

describe('contentProblem', () => {
  it.each([
    ['JSON lines', 'a.jsonl', Buffer.from('{"a":"grüße 😀"}\n')],
    ['a byte order mark', 'a.jsonl', Buffer.from('\uFEFF{"a":1}\n')],
    ['UTF-16, which the import reports with a line', 'a.jsonl', Buffer.from('\uFEFF{"a":1}\n'.repeat(20), 'utf16le')],
    ['a NUL here and there', 'a.jsonl', Buffer.from(`{"a":"\0"}\n${'x'.repeat(300)}`)],
    ['broken JSON', 'a.jsonl', Buffer.from('{"a":')],
    ['latin-1 text', 'a.csv', Buffer.from('gr\u00fc\u00dfe;caf\u00e9\n'.repeat(10), 'latin1')],
    ['a sample that ends within a character', 'a.txt', Buffer.from('ä'.repeat(4096)).subarray(1, 4096)],
    ['gzip under .gz', 'a.jsonl.gz', hex('1f8b0800')],
    ['nothing', 'a.jsonl', Buffer.alloc(0)],
  ])('lets %s pass', (_, name, bytes) => {
    expect(contentProblem(name, bytes)).toBeNull();
  });

  it.each([
    ['gzip without .gz', 'a.jsonl', hex('1f8b0800'), /Add .gz/],
    ['text under .gz', 'a.jsonl.gz', Buffer.from('{"a":1}'), /not gzip/],
    ['an archive', 'a.jsonl', hex('504b0304'), /ZIP/],
    ['Parquet', 'a.json', hex('50415231'), /Parquet/],
    ['zeros', 'a.jsonl', Buffer.alloc(500), /binary/],
    ['noise', 'a.csv', Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 193 + 7) % 256)), /binary/],
  ])('refuses %s in words', (_, name, bytes, words) => {
    expect(contentProblem(name, bytes)).toMatch(words);
  });
});
