import { expect, it } from 'vitest';
import { toCsv } from './csv';

it('writes a table that a spreadsheet reads back', () => {
  const rows = [
    ['plain', 12, 0.5],
    ['a, "quoted"\nline', -3, null],
  ] as const;
  expect(toCsv(['text', 'count', 'share'], rows)).toBe('text,count,share\nplain,12,0.5\n"a, ""quoted""\nline",-3,\n');
});

it.each(['=1+1', '+1', '-1', '@cell', '\tx'])('lets the text %j not run as a formula', (text) => {
  expect(toCsv(['t'], [[text]])).toBe(`t\n'${text}\n`);
});
