import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { closeDatasetLab, datasetLab, makeRows } from '@/testing/dataset-lab';

afterAll(closeDatasetLab);

const chat = [
  ...makeRows(3),
  '{"messages": [{"role": "user", "content": "Who?"}]}',
  '{"messages": [',
  ...makeRows(2000, 'two'),
];

describe('the first rows of a file that nobody has checked yet', () => {
  it.each([
    ['as it is', (bytes: Buffer) => bytes],
    ['packed', (bytes: Buffer) => gzipSync(bytes)],
  ])('are there with their problems, the ones that the check will tell: %s', async (_, pack) => {
    const { datasets, actor, start } = await datasetLab();
    const ref = await start(pack(Buffer.from(chat.join('\n'))));
    const { rows, whole, refusal } = await datasets.firstRows(actor, ref);
    expect([rows.length, whole, refusal]).toEqual([50, false, null]);
    expect(rows[0]).toEqual({
      ...{ line: 1, kept: true, question: 'Question 0 of one: what is 0 plus 0?', answer: 'Answer one-0: 0.' },
      ...{ tokens: expect.any(Number), problems: [] },
    });
    expect(rows.filter(({ kept }) => !kept).map(({ line, tokens }) => [line, tokens])).toEqual([
      [4, null],
      [5, null],
    ]);
    await datasets.runImport(actor.workspaceId, ref.versionId);
    const { groups } = await datasets.report(actor, ref);
    const told = groups.flatMap(({ places }) => places).filter(({ line }) => line === 4 || line === 5);
    const before = rows.flatMap(({ line, problems }) => problems.map((one) => ({ line, ...one })));
    expect(told.map(({ line, path, message, severity }) => ({ line, severity, path, message }))).toEqual(
      expect.arrayContaining(before),
    );
    expect(before).toHaveLength(told.length);
  });

  it('are conversations already when the file is a table, with places in its own columns', async () => {
    const { datasets, actor, start } = await datasetLab();
    const ref = await start(Buffer.from('question,answer\nWho?,Me.\nWhen?,\n'), 'data.csv');
    expect(await datasets.firstRows(actor, ref)).toMatchObject({
      whole: true,
      rows: [
        { line: 2, kept: true, question: 'Who?', answer: 'Me.' },
        { line: 3, kept: false, problems: [{ severity: 'error', path: 'answer' }] },
      ],
    });
  });

  it('are none when the file is no text, or has no row that is short enough', async () => {
    const { datasets, actor, start } = await datasetLab();
    const image = await start(Buffer.from('89504e470d0a1a0a', 'hex'), 'data.jsonl');
    expect(await datasets.firstRows(actor, image)).toMatchObject({ rows: [], refusal: expect.stringContaining('PNG') });
    const long = await start(Buffer.from(JSON.stringify({ messages: [{ content: 'x'.repeat(400_000) }] })));
    expect(await datasets.firstRows(actor, long)).toMatchObject({ rows: [], whole: false, refusal: null });
    const stranger = await datasetLab();
    await expect(stranger.datasets.firstRows(stranger.actor, long)).rejects.toMatchObject({ kind: 'not_found' });
  });
});
