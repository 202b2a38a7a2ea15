import { describe, expect, it } from 'vitest';
import { contentProblem } from './content-check';

const hex = (text: string) => Buffer.concat([Buffer.from(text, 'hex'), Buffer.alloc(200, 7)]);

describe('contentProblem', () => {
  it.each([
    ['JSON lines', Buffer.from('{"a":"grüße 😀"}\n')],
    ['a byte order mark', Buffer.from('\uFEFF{"a":1}\n')],
    ['UTF-16, which the import reports with a line', Buffer.from('\uFEFF{"a":1}\n'.repeat(20), 'utf16le')],
    ['a NUL here and there', Buffer.from(`{"a":"\0"}\n${'x'.repeat(300)}`)],
    ['broken JSON', Buffer.from('{"a":')],
    ['latin-1 text', Buffer.from('gr\u00fc\u00dfe;caf\u00e9\n'.repeat(10), 'latin1')],
    ['a sample that ends within a character', Buffer.from('ä'.repeat(4096)).subarray(1, 4096)],
    ['gzip', hex('1f8b0800')],
    ['zstd', hex('28b52ffd')],
    ['nothing', Buffer.alloc(0)],
  ])('lets %s pass', (_, bytes) => {
    expect(contentProblem(bytes)).toBeNull();
  });

  it.each([
    ['an archive', hex('504b0304'), /ZIP/],
    ['Parquet', hex('50415231'), /Parquet/],
    ['zeros', Buffer.alloc(500), /binary/],
    ['noise', Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 193 + 7) % 256)), /binary/],
  ])('refuses %s in words', (_, bytes, words) => {
    expect(contentProblem(bytes)).toMatch(words);
  });
});
