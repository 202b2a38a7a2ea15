import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { closeDatasetLab, collect, datasetLab, makeRows, storedExamples } from '@/testing/dataset-lab';

afterAll(closeDatasetLab);

describe('an import', () => {
  it('turns a file into a version whose rows, tokens and splits add up', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const { datasetId, versionId } = await importBytes(Buffer.from(makeRows(200).join('\n')));
    const dataset = await datasets.get(actor, datasetId);
    expect(dataset).toMatchObject({ name: 'data', pending: null, versions: 1, jobs: 0 });
    const { version } = dataset;
    expect(version).toMatchObject({ status: 'ready', rows: 200, trainRows: 160, validationRows: 20, holdoutRows: 20 });
    expect(version).toMatchObject({ problems: 0, warnings: 0, progress: null, statusReason: null });
    expect(version.sha256).toMatch(/^[0-9a-f]{64}$/);
    const rows = await storedExamples(datasetId);
    expect(rows.map(({ body }) => body)).toEqual(makeRows(200));
    expect(rows.reduce((sum, row) => sum + row.tokens, 0)).toBe(version.tokens);
    expect(rows.filter(({ split }) => split === 0).reduce((sum, row) => sum + row.tokens, 0)).toBe(version.trainTokens);
    expect([0, 1, 2].map((split) => rows.filter((row) => row.split === split).length)).toEqual([160, 20, 20]);
    expect(dataset.stats?.percentiles.max).toBe(version.maxExampleTokens);
    expect(dataset.stats?.tokens.counts.reduce((sum, count) => sum + count, 0)).toBe(200);
    expect(await datasets.snapshot(actor.workspaceId, versionId)).toMatchObject({ rows: 200, trainRows: 160 });
  });

  it('keeps bad rows out, says where they are, and takes the rest', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const lines = makeRows(30);
    lines[4] = '{"messages": [';
    lines[9] = '{"messages":[{"role":"user","content":"no answer"}]}';
    const { datasetId, versionId } = await importBytes(Buffer.from(lines.join('\n')));
    const report = await datasets.report(actor, { datasetId, versionId });
    expect(report).toMatchObject({ status: 'ready', rows: 28, rejectedRows: 2 });
    const places = report.groups.flatMap((group) => group.places.map(({ code, line, path }) => [code, line, path]));
    expect(places).toEqual(
      expect.arrayContaining([
        ['not_json', 5, null],
        ['last_not_assistant', 10, 'messages[0]'],
        ['nothing_to_train', 10, 'messages'],
      ]),
    );
    expect(report.groups.every(({ fix, title }) => fix !== '' && title !== '')).toBe(true);
    const page = await datasets.problems(actor, { datasetId, versionId, limit: 2 });
    const rest = await datasets.problems(actor, { datasetId, versionId, limit: 50, cursor: page.nextCursor });
    expect([...page.items, ...rest.items].map(({ code }) => code).sort()).toEqual(places.map(([code]) => code).sort());
  });

  it('reads gzip, and says when it is damaged', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const packed = gzipSync(makeRows(50).join('\n'));
    const good = await importBytes(packed, 'data.jsonl.gz');
    expect((await datasets.get(actor, good.datasetId)).version).toMatchObject({ status: 'ready', rows: 50 });
    const bad = await importBytes(packed.subarray(0, packed.length - 40), 'cut.jsonl.gz');
    expect((await datasets.get(actor, bad.datasetId)).version).toMatchObject({
      status: 'failed',
      rows: 0,
      statusReason: expect.stringContaining('gzip file is damaged'),
    });
    expect(await storedExamples(bad.datasetId)).toEqual([]);
  });

  it('is one import for one file, also when two requests ask in the same moment', async () => {
    const { datasets, actor, storage } = await datasetLab();
    const body = Readable.from([Buffer.from(makeRows(12).join('\n'))]);
    const { key } = await storage.write({ name: 'data.jsonl', body });
    const input = { fileKey: key, fileName: 'data.jsonl' };
    const all = await Promise.all(Array.from({ length: 5 }, () => datasets.importFile(actor, input)));
    expect(new Set(all.map(({ versionId }) => versionId)).size).toBe(1);
    expect((await datasets.list(actor, { limit: 10, sort: 'newest' })).items).toHaveLength(1);
    expect(await database().outboxEvent.count({ where: { name: 'dataset/uploaded' } })).toBeGreaterThan(0);
    const stranger = await datasetLab();
    await expect(stranger.datasets.importFile(stranger.actor, input)).rejects.toMatchObject({
      kind: 'not_found',
      reason: 'storage.not_found',
    });
  });
});

describe('versions', () => {
  it('stay readable exactly as they were when a next one comes in', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const first = await importBytes(Buffer.from(makeRows(40).join('\r\n')));
    const before = await collect(datasets.splitFile(actor.workspaceId, first.versionId, 'train'));
    const second = await importBytes(Buffer.from(makeRows(25, 'other').join('\n')), 'next.jsonl', first.datasetId);
    expect(second.datasetId).toBe(first.datasetId);
    expect(await collect(datasets.splitFile(actor.workspaceId, first.versionId, 'train'))).toEqual(before);
    const page = await datasets.examples(actor, { ...first, limit: 200 });
    expect(page.items).toHaveLength(40);
    const next = await datasets.examples(actor, { ...second, limit: 200 });
    expect(next.items).toHaveLength(25);
    const dataset = await datasets.get(actor, first.datasetId);
    expect(dataset).toMatchObject({ versions: 2, pending: null, version: { number: 2, rows: 25 } });
    expect(dataset.history.map(({ number }) => number)).toEqual([2, 1]);
  });

  it('keep the current one when the next file is refused', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const first = await importBytes(Buffer.from(makeRows(20).join('\n')));
    await importBytes(Buffer.from('<html><body>a, b</body></html>\n'), 'page.jsonl', first.datasetId);
    expect(await datasets.get(actor, first.datasetId)).toMatchObject({
      version: { number: 1, status: 'ready' },
      pending: { number: 2, status: 'failed', statusReason: expect.stringContaining('HTML') },
    });
    await importBytes(Buffer.from(makeRows(15).join('\n')), 'third.jsonl', first.datasetId);
    expect((await datasets.examples(actor, { ...first, limit: 200 })).items).toHaveLength(20);
  });

  it('that end in another order than they began still hold exactly their own rows', async () => {
    const { datasets, actor, importBytes, start } = await datasetLab();
    const first = await importBytes(Buffer.from(makeRows(20).join('\n')));
    const second = await start(Buffer.from(makeRows(21, 'two').join('\n')), 'two.jsonl', first.datasetId);
    const third = await importBytes(Buffer.from(makeRows(22, 'three').join('\n')), 'three.jsonl', first.datasetId);
    await datasets.runImport(actor.workspaceId, second.versionId);
    for (const [version, rows] of [
      [first, 20],
      [second, 21],
      [third, 22],
    ] as const)
      expect((await datasets.examples(actor, { ...version, limit: 200 })).items).toHaveLength(rows);
    expect((await datasets.get(actor, first.datasetId)).version.number).toBe(3);
  });

  it('can be checked again, and give the same rows once', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const made = await importBytes(Buffer.from(makeRows(20).join('\n')));
    await datasets.validate(actor, { datasetId: made.datasetId });
    expect((await datasets.report(actor, made)).status).toBe('pending');
    await datasets.runImport(actor.workspaceId, made.versionId);
    expect(await storedExamples(made.datasetId)).toHaveLength(20);
    expect((await datasets.get(actor, made.datasetId)).version).toMatchObject({ status: 'ready', rows: 20 });
  });
});

describe('the files for a job', () => {
  it('are the same bytes every time, and held-out examples are in neither', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const { versionId } = await importBytes(Buffer.from(makeRows(700).join('\n')));
    const read = (split: 'train' | 'validation' | 'holdout') =>
      collect(datasets.splitFile(actor.workspaceId, versionId, split));
    const [train, again, validation, holdout] = [
      await read('train'),
      await read('train'),
      await read('validation'),
      await read('holdout'),
    ];
    expect(train.equals(again)).toBe(true);
    const lines = [train, validation, holdout].flatMap((file) => file.toString().trimEnd().split('\n'));
    expect(lines.sort()).toEqual(makeRows(700).sort());
    const questions = await datasets.holdout(actor.workspaceId, versionId, 30);
    expect(questions).toHaveLength(30);
    expect(await datasets.holdout(actor.workspaceId, versionId, 30)).toEqual(questions);
    const seen = `${train}${validation}`;
    expect(questions.filter(({ expected }) => seen.includes(`"${expected}"`))).toEqual([]);
  });

  it('come only from a ready version of the own workspace', async () => {
    const { datasets, actor, start } = await datasetLab();
    const { versionId } = await start(Buffer.from(makeRows(12).join('\n')));
    await expect(collect(datasets.splitFile(actor.workspaceId, versionId, 'train'))).rejects.toMatchObject({
      kind: 'precondition_failed',
      reason: 'datasets.version_not_ready',
    });
    const stranger = await datasetLab();
    await expect(datasets.snapshot(stranger.actor.workspaceId, versionId)).rejects.toMatchObject({ kind: 'not_found' });
  });
});

it('tells datasets apart that would have the same name, and leaves a name that somebody gave', async () => {
  const { datasets, actor, start } = await datasetLab();
  const file = Buffer.from(makeRows(12).join('\n'));
  for (const name of ['chat.jsonl', 'Chat.jsonl', 'chat.jsonl']) await start(file, name);
  for (const name of ['mine', 'mine']) await datasets.importText(actor, { text: file.toString(), name });
  for (const _ of [1, 2]) await datasets.importText(actor, { text: file.toString() });
  const { items } = await datasets.list(actor, { limit: 20, sort: 'newest' });
  expect(items.map(({ name }) => name).reverse()).toEqual([
    ...['chat', 'Chat 2', 'chat 3', 'mine', 'mine', 'Pasted examples', 'Pasted examples 2'],
  ]);
});
