import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { closeDatasetLab, datasetLab, makeRows } from '@/testing/dataset-lab';
import { rowCursor } from '../row-cursor.rules';

afterAll(closeDatasetLab);

const ROWS = 5000;
const PLACES = [0, 1, 1999, 2000, 2015, 2016, 2017, 3333, ROWS - 400, ROWS - 1];

describe('a list entered at the row of an index', async () => {
  const { datasets, actor, importBytes } = await datasetLab();
  const { datasetId, versionId } = await importBytes(Buffer.from(`${makeRows(ROWS).join('\n')}\n`));

  const page = (index: number, version = versionId) =>
    datasets.examples(actor, { datasetId, versionId: version, limit: 200, cursor: rowCursor(index) });

  /** What the version holds, in the order of the list. */
  async function all(number: number): Promise<string[]> {
    const rows = await database().trainingExample.findMany({
      where: { datasetId, fromVersion: { lte: number }, OR: [{ toVersion: null }, { toVersion: { gt: number } }] },
      orderBy: [{ ordinal: 'asc' }, { id: 'asc' }],
      select: { id: true },
    });
    return rows.map(({ id }) => id);
  }

  async function expectPages(version: { versionId: string; number: number }): Promise<void> {
    const ids = await all(version.number);
    for (const index of [...PLACES, ids.length - 1]) {
      const { items, nextCursor } = await page(index, version.versionId);
      expect([index, ...items.map(({ id }) => id)]).toEqual([index, ...ids.slice(index, index + 200)]);
      expect(nextCursor === null).toBe(index + 200 >= ids.length);
    }
    expect((await page(ids.length, version.versionId)).items).toEqual([]);
  }

  it('holds the rows from there on, and goes on by the cursor of a page', async () => {
    await expectPages({ versionId, number: 1 });
    const { nextCursor } = await page(3000);
    const next = await datasets.examples(actor, { datasetId, versionId, limit: 200, cursor: nextCursor });
    expect(next.items).toEqual((await page(3200)).items);
  });

  it('counts rows that changes added and took away, also where the index over the rows is not there', async () => {
    const ids = await all(1);
    const some = (from: number, count: number) => ids.slice(from, from + count);
    const first = await datasets.change(actor, {
      datasetId,
      versionId,
      change: { kind: 'delete', ids: some(900, 700) },
    });
    const second = await datasets.change(actor, {
      ...{ datasetId, versionId: first.versionId },
      change: { kind: 'duplicate', ids: some(2500, 60) },
    });
    const body = JSON.parse(makeRows(1)[0] ?? '') as { messages: { content: string }[] };
    const edited = { messages: body.messages.map((one) => ({ ...one, content: `${one.content} again` })) };
    const third = await datasets.change(actor, {
      ...{ datasetId, versionId: second.versionId },
      change: { kind: 'edit', id: ids[4000] ?? '', body: JSON.stringify(edited) },
    });
    for (const version of [first, second, third]) await expectPages(version);
    await expectPages({ versionId, number: 1 });
    await database().exampleWords.deleteMany({ where: { datasetId } });
    await expectPages(third);
  });

  it('is refused together with filters', async () => {
    await expect(
      datasets.examples(actor, { datasetId, versionId, limit: 10, cursor: rowCursor(10), split: 'train' }),
    ).rejects.toMatchObject({ reason: 'datasets.row_needs_whole_list' });
  });
});
