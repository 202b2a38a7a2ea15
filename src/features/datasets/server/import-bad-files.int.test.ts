import { afterAll, describe, expect, it } from 'vitest';
import { closeDatasetLab, datasetLab, makeRows, storedExamples } from '@/testing/dataset-lab';

afterAll(closeDatasetLab);

const good = makeRows(12);
const deep = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;
const row = (extra: string) =>
  `{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]${extra}}`;

interface BadFile {
  what: string;
  bytes: () => Buffer;
  status: 'ready' | 'failed';
  rows: number;
  codes: string[];
}

const badFiles: BadFile[] = [
  { what: '0 bytes', bytes: () => Buffer.alloc(0), status: 'failed', rows: 0, codes: ['empty_file'] },
  {
    what: 'nothing but blank lines',
    bytes: () => Buffer.from('\n  \n\r\n\n'),
    status: 'failed',
    rows: 0,
    codes: ['empty_file', 'blank_line'],
  },
  {
    what: 'a program',
    bytes: () => Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 31 + i) % 256)),
    status: 'failed',
    rows: 0,
    codes: ['binary_file'],
  },
  {
    what: 'a spreadsheet',
    bytes: () => Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(900, 7)]),
    status: 'failed',
    rows: 0,
    codes: ['binary_file'],
  },
  {
    what: 'UTF-16 with a mark',
    bytes: () => Buffer.from(`\ufeff${good.join('\n')}`, 'utf16le'),
    status: 'failed',
    rows: 0,
    codes: ['utf16_file'],
  },
  {
    what: 'UTF-16 without a mark',
    bytes: () => Buffer.from(good.join('\n'), 'utf16le'),
    status: 'failed',
    rows: 0,
    codes: ['utf16_file'],
  },
  {
    what: 'a byte order mark and CRLF',
    bytes: () => Buffer.from(`\ufeff${good.join('\r\n')}\r\n`),
    status: 'ready',
    rows: 12,
    codes: ['byte_order_mark'],
  },
  { what: 'old Mac line ends', bytes: () => Buffer.from(good.join('\r')), status: 'ready', rows: 12, codes: [] },
  {
    what: 'one line of 50 MB',
    bytes: () => Buffer.alloc(50_000_000, 'x'),
    status: 'failed',
    rows: 0,
    codes: ['line_too_long'],
  },
  {
    what: 'a line of 50 MB between good ones',
    bytes: () => Buffer.from([...good.slice(0, 6), `"${'y'.repeat(50_000_000)}"`, ...good.slice(6)].join('\n')),
    status: 'ready',
    rows: 12,
    codes: ['line_too_long'],
  },
  {
    what: 'JSON nested 100,000 deep',
    bytes: () => Buffer.from([...good, deep(100_000), row(`,"x":${deep(70)}`)].join('\n')),
    status: 'ready',
    rows: 12,
    codes: ['too_deep'],
  },
  {
    what: 'NUL bytes and NUL characters',
    bytes: () => Buffer.from([...good, '{"messages":\u0000}', row('').replace('"q"', '"q\\u0000"')].join('\n')),
    status: 'ready',
    rows: 13,
    codes: ['not_json', 'nul_character'],
  },
  {
    what: 'duplicate keys',
    bytes: () => Buffer.from([...good, '{"messages":[{"role":"user","role":"user","content":"q"}]}'].join('\n')),
    status: 'ready',
    rows: 12,
    codes: ['duplicate_key'],
  },
  {
    what: 'a table renamed to .jsonl',
    bytes: () => Buffer.from('prompt,completion\r\n"a, b",c\r\n'),
    status: 'ready',
    rows: 1,
    codes: [],
  },
  {
    what: 'a table whose columns say nothing',
    bytes: () => Buffer.from('id,day,count\n1,2,3\n'),
    status: 'failed',
    rows: 0,
    codes: ['mapping_unknown'],
  },
  {
    what: 'a table of nothing but a header',
    bytes: () => Buffer.from('prompt,completion\n\n'),
    status: 'failed',
    rows: 0,
    codes: ['empty_file', 'blank_line'],
  },
  {
    what: 'a table with broken rows',
    bytes: () => Buffer.from('prompt,completion\na,b\n"c"d,e\nf,g,h\ni,\n"j,k\n'),
    status: 'ready',
    rows: 1,
    codes: ['table_quotes', 'table_width', 'field_missing'],
  },
  {
    what: 'a table in an old encoding',
    bytes: () => Buffer.from('prompt,completion\na,b\nc,caf\u00e9 au lait\nd,e\n', 'latin1'),
    status: 'ready',
    rows: 2,
    codes: ['not_utf8'],
  },
  {
    what: 'a web page',
    bytes: () => Buffer.from('<!doctype html>\n<html><body>a, b</body></html>\n'),
    status: 'failed',
    rows: 0,
    codes: ['not_jsonl'],
  },
  { what: 'one JSON list', bytes: () => Buffer.from(`[${good.join(',')}]`), status: 'ready', rows: 12, codes: [] },
  { what: 'an empty JSON list', bytes: () => Buffer.from('[ ]'), status: 'failed', rows: 0, codes: ['empty_file'] },
  {
    what: 'a JSON list that is cut off',
    bytes: () => Buffer.from(`[${good.join(',\n')}`.slice(0, -20)),
    status: 'ready',
    rows: 11,
    codes: ['list_broken'],
  },
  {
    what: 'JSON spread over lines',
    bytes: () => Buffer.from(JSON.stringify(JSON.parse(row('')), null, 2)),
    status: 'ready',
    rows: 1,
    codes: [],
  },
  {
    what: 'a list with one broken element',
    bytes: () =>
      Buffer.from(`[\n${good.slice(0, 6).join(',\n')},\n{"messages": [},\n${good.slice(6).join(',\n')}\n]\n`),
    status: 'ready',
    rows: 12,
    codes: ['not_json'],
  },
  {
    what: 'bytes that are not UTF-8',
    bytes: () =>
      Buffer.concat([Buffer.from(`${good.join('\n')}\n{"a":"`), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}\n')]),
    status: 'ready',
    rows: 12,
    codes: ['not_utf8'],
  },
  {
    what: '10,000 broken lines',
    bytes: () => Buffer.from(Array.from({ length: 10_000 }, (_, i) => `{"messages": broken ${i}`).join('\n')),
    status: 'failed',
    rows: 0,
    codes: ['not_json'],
  },
  {
    what: 'rows of another shape',
    bytes: () => Buffer.from(Array.from({ length: 20 }, () => '{"a":"a","b":"b","c":1}').join('\n')),
    status: 'failed',
    rows: 0,
    codes: ['messages_missing'],
  },
];

describe('a file that is not what it should be', () => {
  it.each(badFiles)('gets a clear, bounded report: $what', async ({ bytes, status, rows, codes }) => {
    const { datasets, actor, importBytes } = await datasetLab();
    const made = await importBytes(bytes());
    const report = await datasets.report(actor, made);
    expect({ status: report.status, rows: report.rows }).toEqual({ status, rows });
    const found = report.groups.map(({ code }) => code).filter((code) => code !== 'too_few_examples');
    expect(found).toEqual(expect.arrayContaining(codes));
    expect(found).toHaveLength(codes.length);
    expect(await storedExamples(made.datasetId)).toHaveLength(rows);
    if (status === 'failed') expect(report.statusReason).toMatch(/\.$/);
    expect(JSON.stringify(report).length).toBeLessThan(20_000);
  });

  it('counts 10,000 broken lines truly and keeps a hundred of them', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const lines = Array.from({ length: 10_000 }, (_, i) => `{"messages": broken ${i}`);
    const made = await importBytes(Buffer.from([...good, ...lines].join('\n')));
    const report = await datasets.report(actor, made);
    expect(report).toMatchObject({
      status: 'ready',
      rows: 12,
      rejectedRows: 10_000,
      groups: [{ code: 'not_json', total: 10_000 }],
    });
    const { items } = await datasets.problems(actor, { ...made, limit: 200 });
    expect(items).toHaveLength(100);
    expect(items[0]).toMatchObject({ line: 13, excerpt: '{"messages": broken 0' });
    expect(items[0]?.message).toMatch(/column 14 stands b, but a value is expected/);
  });

  it('is refused by name before anything is stored', async () => {
    const { datasets, actor } = await datasetLab();
    for (const fileName of [
      'a/b.jsonl',
      '..\\b.jsonl',
      `${'n'.repeat(300)}.jsonl`,
      'a\u0000.jsonl',
      'movie.mp4',
      ' ',
    ]) {
      const refusal = { kind: 'invalid_input', reason: 'datasets.file_refused' };
      await expect(datasets.importFile(actor, { fileKey: 'k', fileName })).rejects.toMatchObject(refusal);
      const body = (async function* () {
        yield Buffer.from('x');
      })();
      await expect(async () => datasets.importStream(actor, { fileName, body })).rejects.toMatchObject(refusal);
    }
    expect((await datasets.list(actor, { limit: 10, sort: 'newest' })).items).toEqual([]);
  });
});
