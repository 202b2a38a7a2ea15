import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { closeDatasetLab, type DatasetLab, datasetLab, makeRows } from '@/testing/dataset-lab';
import { newExampleId } from '@/testing/new-example-id';
import { diffQueries, looseBySql } from './diff.queries';
import { findDifferences } from './find-differences';
import { looseByIndex } from './indexed-diff.queries';

let lab: DatasetLab;
beforeAll(async () => {
  lab = await datasetLab();
});
afterAll(closeDatasetLab);

/** Enough for a file to have an index. */
const ROWS = 2100;
const LIMIT = 50_000;

/** What is done to the rows of a file, and to the version that comes of it. */
const edit = fc.record({
  do: fc.constantFrom('change' as const, 'delete' as const, 'repeat' as const, 'copy in' as const),
  at: fc.nat(ROWS),
  /** So many rows from there on. */
  rows: fc.constantFrom(1, 2, 17, 300),
});
const content = fc.nat(3);
const laterStep = fc.oneof(
  fc.record({ do: fc.constant('delete' as const), at: fc.nat(ROWS), of: content }),
  fc.record({ do: fc.constant('edit' as const), at: fc.nat(ROWS), of: content }),
  fc.record({ do: fc.constant('move' as const), at: fc.nat(ROWS), of: content }),
  fc.record({ do: fc.constant('add' as const), at: fc.nat(ROWS), of: content }),
);
type Later = typeof laterStep extends fc.Arbitrary<infer T> ? T : never;

function applied(rows: readonly string[], edits: readonly { do: string; at: number; rows: number }[]): string[] {
  let now = [...rows];
  edits.forEach((each, number) => {
    const at = each.at % now.length;
    const part = now.slice(at, at + each.rows);
    if (each.do === 'change') now.splice(at, part.length, ...makeRows(part.length, `edit${number}`));
    else if (each.do === 'delete') now.splice(at, part.length);
    else if (each.do === 'repeat') now.splice(at, 0, ...part);
    else now = [...now, ...part.reverse()];
  });
  return now.length < ROWS - 50 ? [...now, ...makeRows(ROWS, 'more')] : now;
}

/** A version that a change would make: the same as change.repository.ts does with rows, without their texts. */
async function change(datasetId: string, { do: kind, at, of }: Later): Promise<void> {
  const last = await database().datasetVersion.findFirstOrThrow({
    where: { datasetId },
    orderBy: { number: 'desc' },
  });
  const number = last.number + 1;
  const { workspaceId, rows } = last;
  await database().datasetVersion.create({
    data: { workspaceId, datasetId, number, source: 'edit', status: 'ready', rows, change: { kind } },
  });
  const there = { datasetId, fromVersion: { lt: number }, toVersion: null };
  const count = await database().trainingExample.count({ where: there });
  const row = await database().trainingExample.findFirstOrThrow({
    where: there,
    orderBy: [{ ordinal: 'asc' }, { id: 'asc' }],
    skip: at % count,
  });
  const { id, ...rest } = row;
  const ordinal = kind === 'add' ? row.ordinal + BigInt(of) : row.ordinal;
  if (kind !== 'add') {
    const where = { datasetId_ordinal_id: { datasetId, ordinal, id } };
    await database().trainingExample.update({ where, data: { toVersion: number } });
  }
  if (kind === 'delete') return;
  // Contents come back: rows that repeat others of this version or of another one, before and behind them.
  const other = await database().trainingExample.findFirstOrThrow({ where: { datasetId }, skip: of * 600 });
  await database().trainingExample.create({
    data: {
      ...{ ...rest, id: newExampleId(Number(ordinal)), ordinal, fromVersion: number, toVersion: null },
      ...(kind === 'edit' && { contentHash: other.contentHash }),
      ...(kind === 'move' && { split: (row.split + 1) % 3 }),
      ...(kind === 'add' && { contentHash: other.contentHash, split: other.split }),
    },
  });
}

const file = (rows: readonly string[]) => Buffer.from(`${rows.join('\n')}\n`);

describe('two files compared through the index', () => {
  it('differ as the rows themselves say, whatever was changed before and since', async () => {
    let compared = 0;
    const runs = fc.asyncProperty(
      fc.array(edit, { maxLength: 6 }),
      fc.array(edit, { maxLength: 6 }),
      fc.array(laterStep, { maxLength: 8 }),
      fc.array(laterStep, { maxLength: 8 }),
      async (first, second, between, since) => {
        const rows = applied(makeRows(ROWS), first);
        const { datasetId } = await lab.importBytes(file(rows));
        for (const step of between) await change(datasetId, step);
        await lab.importBytes(file(applied(rows, second)), 'data.jsonl', datasetId);
        for (const step of since) await change(datasetId, step);
        const second_ = between.length + 2;
        for (const low of new Set([1, 1 + between.length]))
          for (const high of new Set([second_, second_ + since.length])) {
            const pair = { datasetId, low, high };
            const found = await looseByIndex(pair, LIMIT);
            expect(found).not.toBeNull();
            expect(found).toEqual(await looseBySql(pair, LIMIT));
            compared += found?.totals.removed ?? 0;
          }
      },
    );
    const seed = Date.now() & 0x7fffffff;
    console.info(`indexed diff: seed ${seed}`);
    await fc.assert(runs, { numRuns: 6, seed, endOnFailure: true });
    expect(compared).toBeGreaterThan(0);
  }, 120_000);

  it('is left to the database when there is no index, one file for both, or too much', async () => {
    const rows = makeRows(ROWS);
    const { datasetId } = await lab.importBytes(file(rows));
    await lab.importBytes(file(makeRows(ROWS, 'two')), 'data.jsonl', datasetId);
    await lab.importBytes(file(makeRows(50)), 'data.jsonl', datasetId);
    await change(datasetId, { do: 'delete', at: 3, of: 0 });
    const pair = { datasetId, low: 1, high: 2 };
    expect(await looseByIndex(pair, ROWS - 1)).toBeNull();
    expect((await looseByIndex(pair, ROWS))?.totals).toEqual({ removed: ROWS, added: ROWS });
    expect(await looseByIndex({ ...pair, high: 3 }, LIMIT)).toBeNull();
    expect(await looseByIndex({ ...pair, low: 3, high: 4 }, LIMIT)).toBeNull();
    const { counts } = await findDifferences(diffQueries, pair, 10);
    expect(counts).toMatchObject({ added: 0, removed: 0 });
  });

  it('leaves it to the database when the index is of other rows', async () => {
    const { datasetId } = await lab.importBytes(file(makeRows(ROWS)));
    await lab.importBytes(file(makeRows(ROWS).with(5, makeRows(1, 'other')[0] ?? '')), 'data.jsonl', datasetId);
    await database().trainingExample.updateMany({
      where: { datasetId, fromVersion: 1, line: 6 },
      data: { contentHash: 7 },
    });
    expect(await looseByIndex({ datasetId, low: 1, high: 2 }, LIMIT)).toBeNull();
  });
});
