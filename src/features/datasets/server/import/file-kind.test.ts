import { expect, it } from 'vitest';
import { refuseByBytes, refuseByFirstLine } from './file-kind';

const rows = '{"messages":[{"role":"user","content":"Grüße 漢字"}]}\n'.repeat(20);

it.each([
  ['text', Buffer.from(rows), null],
  ['text with a mark', Buffer.from(`\ufeff${rows}`), null],
  ['text with a NUL here and there', Buffer.from(rows.replace('user', '\u0000')), null],
  ['a few bytes', Buffer.from([0, 1]), null],
  ['UTF-16, little end first', Buffer.from(`\ufeff${rows}`, 'utf16le'), 'utf16_file'],
  ['UTF-16, big end first', Buffer.from(`\ufeff${rows}`, 'utf16le').swap16(), 'utf16_file'],
  ['UTF-16 without a mark', Buffer.from(rows, 'utf16le'), 'utf16_file'],
  ['zeros', Buffer.alloc(500), 'binary_file'],
  ['gzip', Buffer.from('1f8b0800', 'hex'), 'binary_file'],
  ['a workbook', Buffer.from('504b030414', 'hex'), 'binary_file'],
  ['Parquet', Buffer.from('PAR1xxxx'), 'binary_file'],
  ['random bytes', Buffer.from(Array.from({ length: 400 }, (_, i) => (i * i * 31 + i * 7) % 256)), 'binary_file'],
])('judges %s by its first bytes', (_, head, code) => {
  expect(refuseByBytes(head)?.code ?? null).toBe(code);
});

it.each([
  ['{', 'several lines'],
  ['{ "messages": [', 'several lines'],
  ['<html>', 'HTML or XML'],
  ['prompt,completion', 'table (CSV)'],
  ['prompt\tcompletion', 'table (TSV)'],
  ['a;b', 'table'],
])('says what a file that starts with %j is', (line, said) => {
  expect(refuseByFirstLine(line)?.message).toContain(said);
});

it.each(['{"messages": oops}', 'hello', '{"a":1,'])('leaves %j to the report', (line) => {
  expect(refuseByFirstLine(line)).toBeNull();
});
