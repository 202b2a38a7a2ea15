import { v4, v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { closeDatasetLab, type DatasetLab, datasetLab, makeRows, storedExamples } from '@/testing/dataset-lab';
import { newExampleId } from '@/testing/new-example-id';
import type { DatasetChange } from '../change.schema';
import { ordinalOf } from './example-id';

const ROWS = 40;
let lab: DatasetLab;
beforeAll(async () => {
  lab = await datasetLab();
});
afterAll(closeDatasetLab);

const file = (rows: readonly string[]) => Buffer.from(`${rows.join('\n')}\n`);

describe('the ids of rows', () => {
  it('carry their place, whoever wrote them, and lead to them', async () => {
    const rows = makeRows(ROWS);
    const { datasetId } = await lab.importBytes(file(rows));
    const newest = async () => (await lab.datasets.get(lab.actor, datasetId)).version.id;
    const idOf = async (line: number) => {
      const { items } = await lab.datasets.examples(lab.actor, {
        datasetId,
        versionId: await newest(),
        line,
        limit: 1,
      });
      return items[0]?.id ?? '';
    };
    const change = async (what: DatasetChange) =>
      lab.datasets.change(lab.actor, { datasetId, versionId: await newest(), change: what });
    await change({ kind: 'edit', id: await idOf(3), body: (rows[2] ?? '').replace('Answer', 'Edited') });
    await change({ kind: 'duplicate', ids: [await idOf(5), await idOf(ROWS)] });
    await change({ kind: 'add', body: (rows[6] ?? '').replace('Answer', 'Added'), split: 'train' });
    await change({ kind: 'move', ids: [await idOf(7), await idOf(8)], split: 'holdout' });
    await change({ kind: 'delete', ids: [await idOf(9)] });
    await change({ kind: 'goBack', number: 1 });
    await lab.importBytes(file(makeRows(ROWS, 'two')), 'data.jsonl', datasetId);
    const stored = await storedExamples(datasetId);
    expect(stored).toHaveLength(2 * ROWS + 10);
    expect(stored.map(({ id }) => ordinalOf(id))).toEqual(stored.map(({ ordinal }) => Number(ordinal)));
    expect(new Set(stored.map(({ id }) => id)).size).toBe(stored.length);
    for (const { id, line } of stored)
      expect(await lab.datasets.example(lab.actor, { datasetId, id })).toMatchObject({ id, line });
  });

  it('of no row are told to be of none', async () => {
    const { datasetId, versionId } = await lab.importBytes(file(makeRows(12)));
    const other = await lab.importBytes(file(makeRows(12, 'three')));
    const [first] = await storedExamples(datasetId);
    const [foreign] = await storedExamples(other.datasetId);
    const place = Number(first?.ordinal);
    const none = [v4(), v7(), newExampleId(place), newExampleId(1 << 20), foreign?.id ?? ''];
    for (const id of none) {
      await expect(lab.datasets.example(lab.actor, { datasetId, id })).rejects.toMatchObject({ kind: 'not_found' });
      const change: DatasetChange = { kind: 'delete', ids: [id] };
      await expect(lab.datasets.change(lab.actor, { datasetId, versionId, change })).rejects.toMatchObject({
        kind: 'not_found',
      });
    }
    const ids = [...none, first?.id.toUpperCase() ?? ''];
    const { items } = await lab.datasets.examples(lab.actor, { datasetId, versionId, ids, limit: 50 });
    expect(items.map(({ id }) => id)).toEqual([first?.id]);
  });

  it('come from the database as from the import', async () => {
    const places = [0, 1, 512, 2 ** 32 - 1, 2 ** 32 + 5, 2 ** 48 - 1];
    const rows = await database().$queryRaw<{ id: string }[]>`
      SELECT example_id(p) AS id FROM unnest(${[...places, ...places]}::bigint[]) WITH ORDINALITY AS r(p, i) ORDER BY i`;
    expect(rows.map(({ id }) => ordinalOf(id))).toEqual([...places, ...places]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });
});
