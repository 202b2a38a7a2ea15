import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { closeDatasetLab, datasetLab, makeRows } from '@/testing/dataset-lab';

afterAll(closeDatasetLab);

describe('rows that an import left out', async () => {
  const { datasets, actor, importBytes } = await datasetLab();
  const good = makeRows(30);
  const bad = ['not json at all', '{"messages":[', '{"messages":[{"role":"user","content":"nothing else"}]}'];

  async function fileOf(datasetId: string, number = 1) {
    const { fileName, contentType, body } = await datasets.leftOutFile(actor, { datasetId, number });
    const pieces: Uint8Array[] = [];
    for await (const piece of body) pieces.push(piece);
    return { fileName, contentType, text: Buffer.concat(pieces).toString() };
  }

  it('come back as they stand in the file, in its order, also from a packed one with a mark and CRLF', async () => {
    const rows = [bad[0], ...good.slice(0, 10), bad[1], '   ', ...good.slice(10), bad[2]];
    const bytes = gzipSync(`\ufeff${rows.join('\r\n')}`);
    const { datasetId, versionId } = await importBytes(bytes, 'rows.jsonl.gz');
    const report = await datasets.report(actor, { datasetId, versionId });
    expect(report.rejectedRows).toBe(3);
    const { fileName, text } = await fileOf(datasetId);
    expect(text).toBe(`${bad.join('\n')}\n`);
    expect(fileName).toBe('rows-v1-left-out.jsonl');
    const line = (one: number) => datasets.leftOutRow(actor, { datasetId, versionId, line: one });
    expect(await line(12)).toEqual({ line: 12, text: bad[1], isWhole: true, header: null });
    for (const one of [2, 13, 99])
      await expect(line(one)).rejects.toMatchObject({ reason: 'datasets.left_out_row_not_found' });
  });

  it('stay what they are when later versions change the rows that were kept', async () => {
    const { datasetId, versionId } = await importBytes(Buffer.from([...good, bad[2]].join('\n')));
    const [first] = (await datasets.examples(actor, { datasetId, versionId, limit: 1 })).items;
    const change = { kind: 'delete' as const, ids: [first?.id ?? ''] };
    const made = await datasets.change(actor, { datasetId, versionId, change });
    expect((await fileOf(datasetId)).text).toBe(`${bad[2]}\n`);
    await expect(fileOf(datasetId, made.number)).rejects.toMatchObject({ reason: 'datasets.file_gone' });
    await expect(fileOf(datasetId, 9)).rejects.toMatchObject({ reason: 'datasets.version_not_found' });
  });

  it('are records of a table under its header, and elements of a list on a line each', async () => {
    const cells = Array.from({ length: 12 }, (_, i) => `"Who is ${i}, please?",Number ${i}`);
    const table = await importBytes(Buffer.from(`question,answer\n${cells.join('\n')}\n"a ""b""\nc",\n`), 'people.csv');
    const { fileName, contentType, text } = await fileOf(table.datasetId);
    expect([fileName, contentType]).toEqual(['people-v1-left-out.csv', 'text/csv; charset=utf-8']);
    expect(text).toBe('question,answer\n"a ""b""\nc",\n');
    const { datasetId, versionId } = table;
    const row = await datasets.leftOutRow(actor, { datasetId, versionId, line: 14 });
    expect(row).toMatchObject({ header: 'question,answer', text: '"a ""b""\nc",' });
    const elements = good.map((one) => JSON.stringify(JSON.parse(one), null, 2));
    const list = await importBytes(Buffer.from(`[${[...elements, '{\n "messages": []\n}'].join(',\n')}]`), 'list.json');
    expect((await fileOf(list.datasetId)).text).toBe('{"messages":[]}\n');
  });

  it('stand in the file, which comes back as it was', async () => {
    const bytes = gzipSync([...good, bad[0]].join('\n'));
    const { datasetId } = await importBytes(bytes, 'rows.jsonl.gz');
    const { fileName, digest, body } = await datasets.file(actor, { datasetId, number: 1 });
    const pieces: Uint8Array[] = [];
    for await (const piece of body) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
    expect([fileName, digest?.bytes]).toEqual(['rows.jsonl.gz', bytes.length]);
    await expect(datasets.file(actor, { datasetId, number: 2 })).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('are not there for another workspace', async () => {
    const { datasetId, versionId } = await importBytes(Buffer.from([...good, bad[0]].join('\n')));
    const stranger = (await datasetLab()).actor;
    await expect(datasets.leftOutFile(stranger, { datasetId, number: 1 })).rejects.toMatchObject({ kind: 'not_found' });
    const input = { datasetId, versionId, line: 31 };
    await expect(datasets.leftOutRow(stranger, input)).rejects.toMatchObject({ kind: 'not_found' });
  });
});
