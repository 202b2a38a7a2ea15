import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ListReader } from './list-reader';
import { TableReader } from './table-reader';

interface Read {
  text: string | null;
  line: number;
  offset: number;
  closed: boolean;
}

function readList(
  json: string,
  inside: 'list' | 'values' | { member: string } = 'list',
  step = Infinity,
  maxElement = 1e6,
) {
  const elements: Read[] = [];
  const reader = new ListReader({
    inside,
    maxElement,
    onElement: ({ bytes, line, offset, closed }) =>
      elements.push({ text: bytes && Buffer.from(bytes).toString(), line, offset, closed }),
  });
  const bytes = Buffer.from(json);
  for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step));
  reader.end();
  return { elements, reader, texts: elements.map(({ text }) => text) };
}

describe('ListReader', () => {
  it('cuts any list of values at any place into its elements, with their lines', () => {
    const values = fc.array(fc.jsonValue(), { maxLength: 6 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 9 }), fc.boolean(), (list, step, spread) => {
        const json = JSON.stringify(list, null, spread ? 2 : 0);
        const { elements, reader } = readList(json, 'list', step);
        expect(elements.map(({ text }) => JSON.parse(text ?? ''))).toEqual(JSON.parse(json));
        expect(reader.ended).toBe(true);
        for (const { line, offset } of elements)
          expect(line).toBe(Buffer.from(json).subarray(0, offset).toString().split('\n').length);
      }),
      { numRuns: 150 },
    );
  });

  it('finds a list within an object, whatever stands before it', () => {
    const json = '{"rows":"[1]","x":{"rows":[7]},"rows":[{"a":"]"},2],"y":[3]}';
    for (const step of [1, 5, 100]) expect(readList(json, { member: 'rows' }, step).texts).toEqual(['{"a":"]"}', '2']);
    expect(readList(json, { member: 'no' }).reader.found).toBe(false);
  });

  it('reads values one after the other', () => {
    expect(readList('{"a":1}\n\n{"b":\n2} 3 "x"', 'values', 2).texts).toEqual(['{"a":1}', '{"b":\n2}', '3', '"x"']);
  });

  it.each([
    ['a bracket too few', '[{"a":[},{"b":1}]', ['{"a":[}', '{"b":1}']],
    ['a bracket too many', '[{"a":1}},{"b":1}]', ['{"a":1}', '}', '{"b":1}']],
    ['a quote too few', '[{"a":"x},\n{"b":1}]', ['{"a":"x},\n', '{"b":1}']],
    ['words', '[oops, {"b":1}]', ['oops', '{"b":1}']],
  ])('goes on after %s', (_, json, texts) => {
    expect(readList(json).texts).toEqual(texts);
  });

  it('tells what is cut off, too long, or follows the end', () => {
    expect(readList('[{"a":1},{"b":').elements.at(-1)).toMatchObject({ closed: false, text: '{"b":' });
    expect(readList('[{"a":1}').reader.ended).toBe(false);
    expect(readList('[1] 2').reader.trailing).toBe(true);
    expect(readList(`["${'x'.repeat(100)}",1]`, 'list', 7, 50).texts).toEqual([null, '1']);
    expect(readList('['.repeat(200_000), 'list', 4096).elements).toHaveLength(1);
  });
});

function readTable(text: string, step = Infinity, maxRecord = 1e6, delimiter = ',') {
  const records: { cells: string[]; line: number; quotes: string }[] = [];
  const reader = new TableReader({
    delimiter,
    maxRecord,
    onRecord: ({ cells, line, quotes }) => records.push({ cells, line, quotes }),
  });
  for (let at = 0; at < text.length; at += step) reader.push(text.slice(at, at + step));
  reader.end();
  return { records, reader };
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

describe('TableReader', () => {
  it('reads back every table, cut at any place, and knows each record by its first line', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\r', ' ', '😀'), maxLength: 8 });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 9 }), (rows, end, step) => {
        const texts = rows.map((cells) => `${cells.map(quoted).join(',')}${end}`);
        const { records } = readTable(texts.join(''), step);
        expect(records.map(({ cells }) => cells)).toEqual(rows);
        let line = 1;
        texts.forEach((text, i) => {
          expect(records[i]).toMatchObject({ line, quotes: 'fine' });
          line += text.split(/\r\n|\n|\r/).length - 1;
        });
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [
      'CRLF without quotes',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'lone CR',
      'a,b\rc,d\r',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'no end of the last line',
      'a,b\nc,',
      [
        ['a', 'b'],
        ['c', ''],
      ],
    ],
    [
      'a quote within plain text',
      'a,5" wide\nc,d"\r\n',
      [
        ['a', '5" wide'],
        ['c', 'd"'],
      ],
    ],
    ['spaces after a quote', '"a" ,b\n', [['a', 'b']]],
    [
      'mixed line ends',
      'a,b\r\nc,d\ne,"f"\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
      ],
    ],
  ])('takes %s', (_, text, cells) => {
    for (const step of [1, 3, 1000]) expect(readTable(text, step).records.map((record) => record.cells)).toEqual(cells);
  });

  it('tells quotes that do not match, and goes on or stops', () => {
    expect(readTable('a,b\n"c"d,e\nf,g\n').records.map(({ quotes }) => quotes)).toEqual(['fine', 'stray', 'fine']);
    expect(readTable('a,b\nc,"d\ne,f\n').records.at(-1)).toMatchObject({ line: 2, quotes: 'open' });
    const { records, reader } = readTable(`a,b\nc,"${'x'.repeat(500)}\n${'y,z\n'.repeat(500)}`, 64, 1000);
    expect(records).toHaveLength(1);
    expect(reader.overlong).toEqual({ line: 2 });
  });
});
