import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRestDispatcher } from '@/platform/rest/dispatch';
import { closeDatasetLab, collect, type DatasetLab, datasetLab, makeRows, storedExamples } from '@/testing/dataset-lab';
import { hostHandler } from '@/testing/http-host';
import { type ExportChoice, exportChoice, exportFormats } from '../../export.schema';
import { rowOfCells } from '../../formats/cells';
import { TableReader } from '../../formats/table-reader';
import { datasetQueries } from '../dataset.queries';
import { datasetRepository } from '../dataset.repository';
import { exampleQueries } from '../example.queries';
import { exportQueries } from './export.queries';
import { createExportRoute } from './export.rest';
import { exportVersion } from './export-version';

const call = { id: 'call_1', type: 'function', function: { name: 'add', arguments: '{"a": 1, "b": 2}' } };
const tools = [{ type: 'function', function: { name: 'add', parameters: { type: 'object', properties: {} } } }];
const odd = [
  {
    messages: [
      { role: 'user', content: '=HYPERLINK("http://x")' },
      { role: 'assistant', content: '\'quoted\', "twice"\r\nand more' },
    ],
  },
  {
    messages: [
      { role: 'user', content: 'Größe 漢字 😀 \u2028 ' },
      { role: 'assistant', content: '  spaces around  ' },
    ],
  },
  {
    messages: [
      { role: 'system', content: 'Use tools.' },
      { role: 'user', content: 'Add 1 and 2' },
      { role: 'assistant', tool_calls: [call] },
      { role: 'tool', tool_call_id: 'call_1', content: '3' },
      { role: 'assistant', content: 'It is 3.' },
    ],
    ...{ tools, parallel_tool_calls: false },
  },
  {
    messages: [
      { role: 'user', content: 'One' },
      { role: 'assistant', content: 'First', weight: 0 },
      { role: 'user', name: 'ann', content: [{ type: 'text', text: 'Two' }] },
      { role: 'assistant', content: 'Second' },
    ],
  },
  {
    ...{ id: 'row-5', metadata: { source: 'chat', tags: ['a', 'b'] }, other_fields: '=x' },
    messages: [
      { role: 'user', content: 'Who?', seen_at: '2026-11-30' },
      { role: 'assistant', content: 'Me.', rating: 4 },
    ],
  },
];

let lab: DatasetLab;
let datasetId: string;
let versionId: string;
const sent = [...odd.map((row) => JSON.stringify(row)), ...makeRows(1300)];

beforeAll(async () => {
  lab = await datasetLab();
  ({ datasetId, versionId } = await lab.importBytes(Buffer.from(sent.join('\r\n'))));
});
afterAll(closeDatasetLab);

const fileOf = (choice: Partial<ExportChoice> = {}, from = lab.datasets) =>
  from.exportFile(lab.actor, datasetId, exportChoice.parse(choice));
const bytesOf = async (choice: Partial<ExportChoice> = {}) =>
  collect((await fileOf(choice)).body as AsyncIterable<Buffer>);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const hashes = async (id: string) => (await storedExamples(id)).map(({ contentHash }) => String(contentHash)).sort();

describe('what comes out of a version', () => {
  it('is line for line what went in', async () => {
    expect((await bytesOf()).toString()).toBe(`${sent.join('\n')}\n`);
    const sides = [];
    for (const split of ['train', 'validation', 'holdout'] as const) sides.push((await bytesOf({ split })).toString());
    expect(sides.join('').split('\n').sort()).toEqual(`${sent.join('\n')}\n`.split('\n').sort());
  });

  it('is the very file a provider gets, and never one with held-out rows', async () => {
    for (const split of ['train', 'validation'] as const) {
      const uploaded = await collect(lab.datasets.splitFile(lab.actor.workspaceId, versionId, split));
      expect((await bytesOf({ format: 'training', split })).equals(uploaded)).toBe(true);
    }
    for (const split of ['all', 'holdout'] as const) {
      await expect(fileOf({ format: 'training', split })).rejects.toMatchObject({ reason: 'datasets.holdout_stays' });
    }
  });

  it.each(exportFormats)('has the same bytes every time as %s, and tells their digest', async (format) => {
    const first = await bytesOf({ format });
    const told = await lab.datasets.exportDigest(lab.actor, { datasetId, ...exportChoice.parse({ format }) });
    expect(told).toMatchObject({ bytes: first.length, sha256: sha256(first) });
    // A service that remembers nothing reads everything anew.
    const fresh = exportVersion({
      repo: datasetRepository,
      queries: datasetQueries,
      examples: exampleQueries,
      exports: exportQueries,
    });
    const again = await fresh.exportFile(lab.actor, datasetId, exportChoice.parse({ format }));
    expect(again.digest).toBeNull();
    expect((await collect(again.body as AsyncIterable<Buffer>)).equals(first)).toBe(true);
    const packed = await bytesOf({ format, gzip: true });
    expect(gunzipSync(packed).equals(first)).toBe(true);
    expect((await bytesOf({ format, gzip: true })).equals(packed)).toBe(true);
  });

  it('makes the same examples when it comes in again', async () => {
    const before = await hashes(datasetId);
    const rows = sent.map((row) => JSON.parse(row));
    const rowsOf = async (id: string) => (await storedExamples(id)).map(({ body }) => JSON.parse(body));
    const table: Record<string, string>[] = [];
    let names: string[] | null = null;
    const reader = new TableReader({
      ...{ delimiter: ',', maxRecord: 1e7 },
      onRecord: ({ cells }) => {
        if (names) table.push(Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])));
        else names = cells;
      },
    });
    reader.push((await bytesOf({ format: 'csv' })).toString());
    reader.end();
    const parquet = await bytesOf({ format: 'parquet' });
    const buffer = parquet.buffer.slice(parquet.byteOffset, parquet.byteOffset + parquet.byteLength) as ArrayBuffer;
    const columns = (await parquetReadObjects({ file: buffer })) as Record<string, string>[];
    expect(columns[0]).toMatchObject({ line: 1, prompt: '=HYPERLINK("http://x")' });
    const files = [table, columns].map((rows) => rows.map((row) => JSON.stringify(rowOfCells('chat', row))).join('\n'));
    for (const file of [(await bytesOf()).toString(), ...files]) {
      const again = await lab.importBytes(Buffer.from(file));
      expect(again).toMatchObject({ status: 'ready', rows: sent.length });
      expect(await hashes(again.datasetId)).toEqual(before);
      expect(await rowsOf(again.datasetId)).toEqual(rows);
    }
    const csv = await lab.importBytes(await bytesOf({ format: 'csv', bom: true }), 'rows.csv');
    expect(await rowsOf(csv.datasetId)).toEqual(rows);
    // The table has nothing that was left out on the way, as far as an example has room for it.
    const { groups } = await lab.datasets.report(lab.actor, csv);
    const left = groups.find(({ code }) => code === 'fields_left_out')?.places.map(({ message }) => message);
    expect(left).toEqual(['No part of an example: line, split, tokens, system, prompt, answer.']);
  });
});

describe('the address of a download', () => {
  const actorOf = async () => lab.actor;
  const address = (origin: string, query = '') => `${origin}/api/fine-tuning/datasets/${datasetId}/export${query}`;

  it('names the file and, when asked, its size and digest', async () => {
    const host = await hostHandler(createRestDispatcher([createExportRoute(lab.datasets)], actorOf));
    const response = await fetch(address(host.origin, '?version=1&format=csv&split=validation&checksum=1'));
    const body = Buffer.from(await response.arrayBuffer());
    expect(Object.fromEntries(response.headers)).toMatchObject({
      ...{
        'content-type': 'text/csv; charset=utf-8',
        'content-length': String(body.length),
        etag: `"${sha256(body)}"`,
      },
      'content-disposition': `attachment; filename="data-v1-validation.csv"; filename*=UTF-8''data-v1-validation.csv`,
      'repr-digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
    });
    for (const [query, status] of Object.entries({
      '?version=9': 404,
      '?format=xml': 400,
      '?format=training&split=all': 400,
    })) {
      expect((await fetch(address(host.origin, query))).status, query).toBe(status);
    }
    await host.close();
  });

  it('stops reading the database when the client goes away', async () => {
    let batches = 0;
    let isOver = false;
    const watched: typeof exportQueries = {
      ...exportQueries,
      async *rows(...version) {
        try {
          for await (const batch of exportQueries.rows(...version)) {
            batches++;
            yield batch;
          }
        } finally {
          isOver = true;
        }
      },
    };
    const deps = { repo: datasetRepository, queries: datasetQueries, examples: exampleQueries, exports: watched };
    const host = await hostHandler(createRestDispatcher([createExportRoute(exportVersion(deps))], actorOf));
    const leave = new AbortController();
    const response = await fetch(address(host.origin), { signal: leave.signal });
    await response.body?.getReader().read();
    leave.abort();
    await expect.poll(() => isOver, { timeout: 5000 }).toBe(true);
    expect(batches).toBeGreaterThan(0);
    await host.close();
  });
});
