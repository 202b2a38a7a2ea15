import { afterAll, describe, expect, it } from 'vitest';
import { makeActor } from '@/lib/actor';
import { database } from '@/platform/db/database';
import { closeDatasetLab, datasetLab, makeRows } from '@/testing/dataset-lab';
import { datasetQueries } from '../dataset.queries';
import { datasetRepository } from '../dataset.repository';
import { analyseVersion } from './analyse-version';
import { analysisQueries } from './analysis.queries';
import { analysisRepository } from './analysis.repository';

afterAll(closeDatasetLab);

const row = (user: string, assistant: string, more: object = {}) =>
  JSON.stringify({
    messages: [
      { role: 'user', content: user },
      { role: 'assistant', content: assistant, ...more },
    ],
  });
const bytes = (rows: readonly string[]) => Buffer.from(rows.join('\n'));

describe('the analysis of a version', () => {
  it('is made once, kept, and made anew when the file was read again', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const rows = Array.from({ length: 20 }, (_, i) =>
      row(`Which team takes ticket ${i}?`, i % 4 === 0 ? 'refund' : 'billing'),
    );
    const ref = await importBytes(bytes([...rows, rows[3] ?? '', rows[3] ?? '']));
    let looks = 0;
    const counted: typeof analysisQueries = {
      ...analysisQueries,
      exactDuplicates: (version) => {
        looks++;
        return analysisQueries.exactDuplicates(version);
      },
    };
    const analyse = analyseVersion({
      ...{ repo: datasetRepository, queries: datasetQueries, analysis: analysisRepository, analysisQueries: counted },
    });
    const [found, same] = await Promise.all([analyse(actor, ref), analyse(actor, ref)]);
    expect(same).toEqual(found);
    expect(looks).toBe(1);
    expect(found).toMatchObject({ rows: 22, read: 22, skipped: 0, answers: 22 });
    expect(found.labels[0]?.values.map(({ text, count }) => [text, count])).toEqual([
      ['billing', 17],
      ['refund', 5],
    ]);
    expect(found.duplicates.exact).toMatchObject({
      ...{ clusters: 1, examples: 3 },
      largest: [{ lines: [4, 21, 22], count: 3, texts: 1, question: 'Which team takes ticket 3?', answer: 'billing' }],
    });
    const change = { rows: { ...found, read: 7 }, attempt: 1 };
    await database().datasetVersion.update({ where: { id: ref.versionId }, data: { analysis: change } });
    expect((await datasets.analysis(actor, ref)).read).toBe(7);

    await datasets.validate(actor, ref);
    await expect(datasets.analysis(actor, ref)).rejects.toMatchObject({ reason: 'datasets.version_not_analysed' });
    await datasets.runImport(actor.workspaceId, ref.versionId);
    const anew = await datasets.analysis(actor, ref);
    expect({ ...anew, duplicates: null }).toEqual({ ...found, duplicates: null });
    expect(anew.duplicates.exact.largest[0]?.id).not.toBe(found.duplicates.exact.largest[0]?.id);
  });

  it('takes what Postgres would not hold', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const long = `${'😀'.repeat(260)} \u0001`;
    const ref = await importBytes(
      bytes(
        Array.from({ length: 12 }, (_, i) =>
          JSON.stringify({
            messages: [
              { role: 'system', content: `x${long}` },
              { role: 'user', content: `q${i}` },
              { role: 'assistant', content: 'fine' },
            ],
          }),
        ),
      ),
    );
    const found = await datasets.analysis(actor, ref);
    expect(found.systemPrompts).toMatchObject({ distinct: 1, without: 0 });
    const kept = await database().datasetVersion.findUniqueOrThrow({ where: { id: ref.versionId } });
    expect(kept.analysis).toMatchObject({ rows: { read: 12 } });
  });

  it('is of the version that was asked for, as are its figures', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const first = await importBytes(bytes(makeRows(30)));
    const second = await importBytes(bytes(makeRows(12, 'two')), 'data.jsonl', first.datasetId);
    expect(await datasets.analysis(actor, first)).toMatchObject({ rows: 30, read: 30, answers: 30 });
    expect(await datasets.analysis(actor, second)).toMatchObject({ rows: 12, read: 12, answers: 12 });
    expect((await datasets.stats(actor, first))?.roles).toMatchObject({ user: 30 });
    expect((await datasets.stats(actor, second))?.roles).toMatchObject({ user: 12 });
  });

  it('is shown to nobody without the right, or of another workspace', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const { actor: stranger } = await datasetLab();
    const ref = await importBytes(bytes(makeRows(12)));
    for (const read of [datasets.analysis, datasets.stats]) {
      await expect(read(stranger, ref)).rejects.toMatchObject({ kind: 'not_found' });
      const without = makeActor({ ...actor, allowed: [] });
      await expect(read(without, ref)).rejects.toMatchObject({ kind: 'forbidden' });
    }
    await expect(datasets.contents(stranger.workspaceId, ref.versionId)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(datasets.shutOut(stranger.workspaceId, ref.versionId, [])).rejects.toMatchObject({
      kind: 'not_found',
    });
  });
});

describe('a sample', () => {
  it('has about the wanted size, is the same every time, and does not come from one end', async () => {
    const { importBytes } = await datasetLab();
    const { datasetId } = await importBytes(bytes(makeRows(3000)));
    const take = async (most: number) => {
      const lines: number[] = [];
      for await (const rows of analysisQueries.sample({ datasetId, number: 1, rows: 3000 }, most))
        lines.push(...rows.map(({ line }) => line));
      return lines;
    };
    const some = await take(600);
    expect(Math.abs(some.length - 600)).toBeLessThan(100);
    expect(await take(600)).toEqual(some);
    expect(Math.abs(some.filter((line) => line <= 1500).length - some.length / 2)).toBeLessThan(70);
    expect(await take(3000)).toEqual(Array.from({ length: 3000 }, (_, i) => i + 1));
  });
});

describe('what examples hold', () => {
  it('is counted by split, from keys and not from what texts say', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const image = JSON.stringify({
      messages: [
        { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] },
        { role: 'assistant', content: 'A cat.' },
      ],
    });
    const talk = row('What does "image_url" mean, and {"weight": 0}?', 'A field.');
    const second = { role: 'assistant', content: 'Said, not learned.', weight: 0 };
    const weighted = JSON.stringify({
      messages: [
        { role: 'user', content: 'a' },
        second,
        { role: 'user', content: 'b' },
        { role: 'assistant', content: 'c' },
      ],
    });
    const ref = await importBytes(bytes([...makeRows(40), image, talk, weighted]));
    const { workspaceId } = actor;
    const contents = await datasets.contents(workspaceId, ref.versionId);
    const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
    expect([sum(contents.images), sum(contents.weights), sum(contents.tools)]).toEqual([1, 1, 0]);
    expect(sum(contents.bytes)).toBe(bytes([...makeRows(40), image, talk, weighted]).length + 1);
    const parts: Buffer[] = [];
    for await (const part of datasets.splitFile(workspaceId, ref.versionId, 'train')) parts.push(part);
    expect(contents.bytes[0]).toBe(Buffer.concat(parts).length);
    expect(await datasets.contents(workspaceId, ref.versionId)).toEqual(contents);
  });

  it('is shut out by a limit as the rows say, each row once', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const call = {
      role: 'assistant',
      tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
    };
    const tool = JSON.stringify({ messages: [{ role: 'user', content: 'go '.repeat(300) }, call] });
    const ref = await importBytes(bytes([...makeRows(40), row('why?', 'because '.repeat(300)), tool]));
    const { items } = await datasets.examples(actor, { ...ref, limit: 100 });
    const median = items.map(({ tokens }) => tokens).sort((a, b) => a - b)[20] ?? 0;
    const any = { maxTokens: null, tools: true, images: true };
    const limits = [
      { ...any, maxTokens: median },
      { ...any, maxTokens: 200 },
      { ...any, maxTokens: 200, tools: false },
    ];
    const found = await datasets.shutOut(actor.workspaceId, ref.versionId, [...limits, any, { ...any, images: false }]);
    for (const [place, limit] of [median, 200, 200].entries()) {
      const over = items.filter(({ tokens }) => tokens > limit);
      expect(found[place]?.rows.reduce((a, b) => a + b, 0)).toBe(over.length);
      const train = over.filter(({ split }) => split === 'train');
      expect(found[place]?.trainTokens).toBe(train.reduce((sum, { tokens }) => sum + tokens, 0));
    }
    const none = { rows: [0, 0, 0], trainTokens: 0 };
    expect(found.slice(3)).toEqual([none, none]);
  });
});
