import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { closeDatasetLab, collect, datasetLab, makeRows, storedExamples } from '@/testing/dataset-lab';
import { formatOf } from '../formats/format.schema';

afterAll(closeDatasetLab);

const CSV = 'Id,Question,Reply\r\n1,"Hello, you","Good\r\nday ""sir"""\r\n2,only a question,\r\n3,last,one\r\n';
const formatOfVersion = async (id: string) =>
  (await database().datasetVersion.findUniqueOrThrow({ where: { id } })).format;
const bodies = async (datasetId: string) =>
  (await storedExamples(datasetId)).map(({ body, line }) => ({ line, row: JSON.parse(body) }));

/** A frame of blocks that are kept as they are, or that repeat one byte. Source: RFC 8878, 3.1.1. */
function zstd(blocks: readonly (Buffer | { byte: number; times: number })[], window = 0x58): Buffer {
  const parts = blocks.map((block, i) => {
    const last = i === blocks.length - 1 ? 1 : 0;
    const [type, size, body] = Buffer.isBuffer(block)
      ? [0, block.length, block]
      : [1, block.times, Buffer.from([block.byte])];
    const head = Buffer.alloc(3);
    head.writeUIntLE(last | (type << 1) | (size << 3), 0, 3);
    return Buffer.concat([head, body]);
  });
  return Buffer.concat([Buffer.from('28b52ffd00', 'hex'), Buffer.from([window]), ...parts]);
}

describe('a file of another format', () => {
  it('becomes conversations, keeps its lines in the report, and is remembered', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const made = await importBytes(Buffer.from(CSV), 'faq.csv');
    expect(made).toMatchObject({ status: 'ready', rows: 2 });
    expect(await bodies(made.datasetId)).toEqual([
      {
        line: 2,
        row: {
          messages: [
            { role: 'user', content: 'Hello, you' },
            { role: 'assistant', content: 'Good\r\nday "sir"' },
          ],
        },
      },
      {
        line: 5,
        row: {
          messages: [
            { role: 'user', content: 'last' },
            { role: 'assistant', content: 'one' },
          ],
        },
      },
    ]);
    const { items } = await datasets.problems(actor, { ...made, limit: 50 });
    expect(items).toContainEqual(expect.objectContaining({ code: 'field_missing', line: 4, path: 'Reply' }));
    expect(items).toContainEqual(
      expect.objectContaining({ code: 'fields_left_out', message: 'No part of an example: Id.' }),
    );
    const mapping = { system: null, prompt: 'Question', answer: 'Reply' };
    expect(await formatOfVersion(made.versionId)).toEqual({
      kind: 'fields',
      container: { type: 'table', delimiter: ',' },
      mapping,
    });
    // The second reading takes what the first found out.
    const again = await datasets.validate(actor, made);
    expect(await datasets.runImport(actor.workspaceId, again.versionId)).toEqual({ status: 'ready', rows: 2 });
  });

  it('is read as somebody said, also where it looks like something else', async () => {
    const { datasets, actor } = await datasetLab();
    const send = async (query: Parameters<typeof formatOf>[0]) => {
      const body = (async function* () {
        yield Buffer.from(CSV);
      })();
      const format = formatOf(query);
      const made = await datasets.importStream(actor, { fileName: 'faq.csv', body, ...(format && { format }) });
      await datasets.runImport(actor.workspaceId, made.versionId);
      return { ...made, report: await datasets.report(actor, made) };
    };
    const turned = await send({ format: 'csv', prompt: 'Reply', answer: 'Question', system: 'Id' });
    expect((await bodies(turned.datasetId))[0]?.row.messages).toEqual([
      { role: 'system', content: '1' },
      { role: 'user', content: 'Good\r\nday "sir"' },
      { role: 'assistant', content: 'Hello, you' },
    ]);
    const missing = await send({ prompt: 'nope', answer: 'Reply' });
    expect(missing.report).toMatchObject({
      status: 'failed',
      statusReason: expect.stringContaining('no column "nope"'),
    });
    const wrong = await send({ format: 'alpaca' });
    expect(wrong.report).toMatchObject({ status: 'failed', groups: [{ code: 'field_missing', total: 6 }] });
  });

  it('says of preference pairs that one answer stays out', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const row = (i: number) => JSON.stringify({ prompt: `Q${i}`, chosen: `A${i}`, rejected: `B${i}` });
    const made = await importBytes(Buffer.from(Array.from({ length: 12 }, (_, i) => row(i)).join('\n')));
    const report = await datasets.report(actor, made);
    expect(report.groups).toContainEqual(
      expect.objectContaining({ code: 'other_answer_left_out', total: 12, severity: 'info' }),
    );
    expect(report).toMatchObject({ status: 'ready', rows: 12, rejectedRows: 0 });
  });

  it('comes packed with gzip or zstd, and a bomb or a damaged one is refused', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const text = Buffer.from(`[${makeRows(40).join(',\n')}]`);
    const half = text.length >> 1;
    const packed = zstd([text.subarray(0, half), { byte: 0x20, times: 3 }, text.subarray(half)]);
    expect(await importBytes(gzipSync(text), 'a.json.gz')).toMatchObject({ status: 'ready', rows: 40 });
    expect(await importBytes(packed, 'a.json.zst')).toMatchObject({ status: 'ready' });
    const cut = await importBytes(packed.subarray(0, packed.length - 9), 'b.json.zst');
    expect(await datasets.report(actor, cut)).toMatchObject({ status: 'failed', groups: [{ code: 'broken_archive' }] });
    const greedy = await importBytes(zstd([text], 0xa8), 'c.json.zst');
    expect(await datasets.report(actor, greedy)).toMatchObject({
      status: 'failed',
      groups: [{ code: 'broken_archive' }],
    });
  });
});

it('is read in the layout that somebody chose, also when it is chat', async () => {
  const { datasets, actor } = await datasetLab();
  const rows = makeRows(12).map((row) => JSON.stringify(JSON.parse(row).messages).replaceAll('"', '""'));
  // The header has more commas than semicolons, so by itself it would be cut at these.
  const text = `messages;a note, or two, or none\n${rows.map((row) => `"${row}";x`).join('\n')}\n`;
  const rowsOf = async (choice?: ReturnType<typeof formatOf>) => {
    const made = await datasets.importText(actor, { text, ...(choice && { format: choice }) });
    return (await datasets.runImport(actor.workspaceId, made.versionId)).rows;
  };
  expect([await rowsOf(), await rowsOf(formatOf({ format: 'chat', layout: 'semicolons' }))]).toEqual([0, 12]);
  const container = { type: 'table', delimiter: '|' };
  expect(formatOf({ layout: 'bars' })).toEqual({ kind: 'chat', container, mapping: null });
  const mapping = { system: null, prompt: 'a', answer: 'b' };
  expect(formatOf({ layout: 'bars', prompt: 'a', answer: 'b' })).toEqual({ kind: 'fields', container, mapping });
  expect(formatOf({ format: 'csv', layout: 'bars' })).toMatchObject({ kind: 'fields', container });
});

it('is told by its bytes how a body is packed, whatever it is called', async () => {
  const { datasets, actor } = await datasetLab();
  const text = Buffer.from(makeRows(12).join('\n'));
  const send = async (fileName: string, bytes: Buffer) => {
    const body = (async function* () {
      yield bytes.subarray(0, 300);
      yield bytes.subarray(300);
    })();
    const made = await datasets.importStream(actor, { fileName, body });
    await datasets.runImport(actor.workspaceId, made.versionId);
    return (await datasets.get(actor, made.datasetId)).version;
  };
  expect(await send('upload.jsonl', gzipSync(text))).toMatchObject({ rows: 12, fileName: 'upload.jsonl.gz' });
  expect(await send('chat.csv', zstd([text]))).toMatchObject({ rows: 12, fileName: 'chat.csv.zst' });
  expect(await send('chat.jsonl.gz', text)).toMatchObject({ rows: 12, fileName: 'chat.jsonl' });
});

const seed = Number(process.env.TEST_SEED ?? Date.now() & 0x7fffffff);

it(`keeps every example on the way in and out, as lines, list or table (seed ${seed})`, async () => {
  const { datasets, actor, importBytes } = await datasetLab();
  const text = fc.string({ unit: 'binary', maxLength: 30 }).map((inside) => `.${inside.replaceAll('\ufeff', '')}.`);
  const pairs = fc.sample(fc.tuple(text, text), { seed, numRuns: 60 });
  // Distinct, and in the order of the file: nothing is left out as a copy, everything can be compared.
  const rows = pairs.map(([prompt, answer], i) => ({
    messages: [
      { role: 'user', content: `${i}${prompt}` },
      { role: 'assistant', content: `${answer}${i}` },
    ],
  }));
  const cell = (value: string) => `"${value.replaceAll('"', '""')}"`;
  const files = {
    'a.jsonl': rows.map((row) => JSON.stringify(row)).join('\r\n'),
    'a.json': JSON.stringify(rows),
    'spread.json': JSON.stringify(rows, null, 2),
    'a.csv': `prompt,answer\n${rows.map(({ messages }) => `${messages.map(({ content }) => cell(content)).join(',')}\n`).join('')}`,
  };
  for (const [name, file] of Object.entries(files)) {
    const made = await importBytes(Buffer.from(file), name);
    const out = await datasets.exportFile(actor, made.datasetId, { format: 'jsonl', gzip: false, bom: false });
    const lines = (await collect(out.body as AsyncIterable<Buffer>)).toString().trimEnd().split('\n');
    expect(
      lines.map((line) => JSON.parse(line)),
      name,
    ).toEqual(JSON.parse(Buffer.from(JSON.stringify(rows)).toString()));
  }
});
