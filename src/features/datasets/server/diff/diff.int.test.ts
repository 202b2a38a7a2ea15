import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { closeDatasetLab, type DatasetLab, datasetLab, makeRows } from '@/testing/dataset-lab';
import { newExampleId } from '@/testing/new-example-id';
import type { DatasetChange } from '../../change.schema';
import { type DiffKind, diffKinds } from '../../diff.rules';
import { diffQueries } from './diff.queries';
import { findDifferences } from './find-differences';

let lab: DatasetLab;
beforeAll(async () => {
  lab = await datasetLab();
});
afterAll(closeDatasetLab);

const file = (rows: readonly string[]) => Buffer.from(`${rows.join('\n')}\n`);
async function imported(...files: string[][]) {
  const [first = [], ...later] = files;
  const { datasetId, versionId } = await lab.importBytes(file(first));
  const ids = [versionId];
  for (const rows of later) ids.push((await lab.importBytes(file(rows), 'data.jsonl', datasetId)).versionId);
  return { datasetId, ids };
}
const compare = (datasetId: string, fromId = '', toId = '') =>
  lab.datasets.diff(lab.actor, { datasetId, fromId, toId });
const rowsOf = async (datasetId: string, fromId = '', toId = '', kind: DiffKind = 'changed', limit = 50) => {
  const found = [];
  let cursor: string | null = null;
  do {
    const page = await lab.datasets.diffRows(lab.actor, { datasetId, fromId, toId, kind, limit, cursor });
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
};

/** Makes changes one after the other. @returns ids of the versions, the first included */
async function changed(rows: readonly string[], ...steps: ((list: { id: string }[]) => DatasetChange)[]) {
  const { datasetId, versionId } = await lab.importBytes(file(rows));
  const ids = [versionId];
  for (const step of steps) {
    const newest = ids.at(-1) ?? '';
    const { items } = await lab.datasets.examples(lab.actor, { datasetId, versionId: newest, limit: 200 });
    const made = await lab.datasets.change(lab.actor, { datasetId, versionId: newest, change: step(items) });
    ids.push(made.versionId);
  }
  return { datasetId, ids };
}
const unrelated = (length: number) =>
  JSON.stringify({
    messages: [
      { role: 'user', content: 'Who swims?' },
      { role: 'assistant', content: 'Eels. '.padEnd(length, 'x') },
    ],
  });
const without = (at: number) => (list: { id: string }[]) => ({
  kind: 'delete' as const,
  ids: [list.at(at)?.id ?? ''],
});

describe('two versions of a dataset', () => {
  it.each([-1, 20])('are told apart by their rows: row %d deleted and another added', async (at) => {
    const rows = makeRows(40);
    // As long as the row before the last: the new row would stand where the last one stood.
    const body = unrelated((rows[38]?.length ?? 0) - unrelated(6).length + 6);
    expect(body).toHaveLength(rows[38]?.length ?? 0);
    const add = () => ({ kind: 'add' as const, body, split: 'train' as const });
    const { datasetId, ids } = await changed(rows, without(at), add, () => ({ kind: 'goBack', number: 1 }), add);
    expect((await compare(datasetId, ids[0], ids[2])).counts).toEqual({ changed: 0, added: 1, removed: 1, moved: 0 });
    expect((await compare(datasetId, ids[0], ids[4])).counts).toEqual({ changed: 0, added: 1, removed: 0, moved: 0 });
    const stored = await database().trainingExample.findMany({ where: { datasetId, fromVersion: { gt: 1 } } });
    const came = stored.filter((row) => row.body === body).sort((a, b) => a.fromVersion - b.fromVersion);
    expect(came.map(({ line }) => line)).toEqual([41, 42]);
    expect(new Set(came.map(({ ordinal }) => ordinal)).size).toBe(2);
  });

  it('do not take a copy for what was made of another one that stood there', async () => {
    const copy = (list: { id: string }[]) => ({ kind: 'duplicate' as const, ids: [list[4]?.id ?? ''] });
    const { datasetId, ids } = await changed(
      makeRows(20),
      copy,
      (list) => ({ kind: 'edit', id: list[5]?.id ?? '', body: unrelated(9) }),
      without(5),
      copy,
    );
    expect((await compare(datasetId, ids[2], ids[4])).counts).toEqual({ changed: 0, added: 1, removed: 1, moved: 0 });
  });

  it('are the same when the file came again, in whatever order', async () => {
    const rows = makeRows(40);
    const { datasetId, ids } = await imported(rows, [...rows].reverse());
    const diff = await compare(datasetId, ids[0], ids[1]);
    expect(diff.counts).toEqual({ changed: 0, added: 0, removed: 0, moved: 0 });
    expect(diff).toMatchObject({ from: { number: 1 }, to: { number: 2 }, pairedByText: true });
  });

  it('differ in changed, added and removed rows, with figures of both', async () => {
    const rows = makeRows(1200);
    const next = rows.map((row, i) =>
      i === 700 ? row.replace('Answer one-700: 1400', 'It is 1400, as you can count') : row,
    );
    next.splice(20, 1);
    next.unshift(...makeRows(2, 'new'));
    const { datasetId, ids } = await imported(rows, next);
    const diff = await compare(datasetId, ids[0], ids[1]);
    expect(diff.counts).toEqual({ changed: 1, added: 2, removed: 1, moved: 0 });
    expect(diff.figures).toMatchObject({ before: { rows: 1200 }, after: { rows: 1201 } });
    expect(diff.figures.after.trainRows + diff.figures.after.validationRows + diff.figures.after.holdoutRows).toBe(
      1201,
    );
    const [changed] = await rowsOf(datasetId, ids[0], ids[1]);
    expect(changed).toMatchObject({
      before: { line: 701, lastAnswer: 'Answer one-700: 1400.' },
      after: { line: 702, lastAnswer: 'It is 1400, as you can count.' },
    });
    const added = await rowsOf(datasetId, ids[0], ids[1], 'added', 1);
    expect(added.map(({ before, after }) => [before, after?.line])).toEqual([
      [null, 1],
      [null, 2],
    ]);
    // Looked at from the other side, what came has gone.
    expect((await compare(datasetId, ids[1], ids[0])).counts).toEqual({ changed: 1, added: 1, removed: 2, moved: 0 });
    const gone = await rowsOf(datasetId, ids[1], ids[0], 'removed');
    expect(gone.map(({ before, after }) => [before?.line, after])).toEqual([
      [1, null],
      [2, null],
    ]);
  });

  it('is refused while one of them has no rows yet, and is not there for others', async () => {
    const { datasetId, ids } = await imported(makeRows(3));
    const pending = await lab.start(file(makeRows(2)), 'next.jsonl', datasetId);
    await expect(compare(datasetId, ids[0], pending.versionId)).rejects.toMatchObject({
      reason: 'datasets.version_not_ready',
    });
    const other = await datasetLab();
    await expect(
      other.datasets.diff(other.actor, { datasetId, fromId: ids[0] ?? '', toId: ids[0] ?? '' }),
    ).rejects.toMatchObject({ reason: 'datasets.not_found' });
  });

  it('pairs by place alone, and lists the first ones, when very many rows differ', async () => {
    const rows = makeRows(30);
    const { datasetId, ids } = await imported(rows);
    await database()
      .$executeRaw`UPDATE training_examples SET to_version = 2 WHERE dataset_id = ${datasetId}::uuid AND line <= 20`;
    await database().$executeRaw`
      INSERT INTO training_examples (id, dataset_id, from_version, ordinal, line, body, tokens, trainable_tokens, content_hash, split)
      SELECT example_id(ordinal), dataset_id, 2, ordinal, line, body, tokens, trainable_tokens, content_hash + 1, split
      FROM training_examples WHERE dataset_id = ${datasetId}::uuid AND line <= 18`;
    expect(ids).toHaveLength(1);
    const found = await findDifferences(diffQueries, { datasetId, low: 1, high: 2 }, 10);
    expect(found.counts).toEqual({ changed: 18, added: 0, removed: 2, moved: 0 });
    expect(found.pairedByText).toBe(false);
    expect(found.entries.changed).toHaveLength(10);
    expect(found.entries.removed).toEqual([]);
  });
});

describe('applying a difference', () => {
  /** A row as a person sees it: what is said, and on which side. */
  interface Row {
    text: number;
    split: number;
    ordinal: number;
  }
  const content = fc.record({ text: fc.integer({ min: 1, max: 9 }), split: fc.integer({ min: 0, max: 2 }) });
  const step = fc.oneof(
    fc.record({ do: fc.constant('edit' as const), at: fc.nat(40), ...{ to: content } }),
    fc.record({ do: fc.constant('add' as const), at: fc.nat(40), to: content }),
    fc.record({ do: fc.constant('delete' as const), at: fc.nat(40), to: content }),
    fc.record({ do: fc.constant('upload' as const), rows: fc.array(content, { maxLength: 12 }) }),
    fc.record({ do: fc.constant('go back' as const), at: fc.nat(40) }),
  );

  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

  const place = (rows: readonly { text: number; split: number }[]): Row[] =>
    rows.map((row, i) => ({ ...row, ordinal: i * 10 }));

  const body = (text: number) => JSON.stringify({ messages: [{ role: 'user', content: `Question ${text % 4}` }] });

  /** Rows that a step closes and writes, in a dataset that has these rows now. */
  function effectOf(each: Step, now: readonly Row[], versions: readonly Row[][]) {
    if (each.do === 'upload') return { closed: now, fresh: place(each.rows) };
    if (each.do === 'go back') {
      return { closed: now, fresh: (versions[each.at % versions.length] ?? []).map((row) => ({ ...row })) };
    }
    if (each.do === 'add') return { closed: [], fresh: [{ ...each.to, ordinal: 1000 + 10 * versions.length }] };
    const old = now[each.at % Math.max(1, now.length)];
    if (!old) return { closed: [], fresh: [] };
    return { closed: [old], fresh: each.do === 'edit' ? [{ ...each.to, ordinal: old.ordinal }] : [] };
  }

  /** The same history in the database and in memory. @returns what each version has */
  async function live(start: { text: number; split: number }[], steps: Step[]) {
    const { id } = await database().dataset.create({ data: { workspaceId: lab.actor.workspaceId, name: 'Lived' } });
    let now: Row[] = place(start);
    const versions = [now];
    const add = (rows: readonly Row[], version: number) =>
      database().trainingExample.createMany({
        data: rows.map(({ text, split, ordinal }) => ({
          ...{
            id: newExampleId(ordinal),
            datasetId: id,
            fromVersion: version,
            ordinal,
            line: ordinal / 10 + 1,
            contentHash: text,
            split,
          },
          ...{ tokens: 1, trainableTokens: 1, body: body(text) },
        })),
      });
    const close = async (rows: readonly Row[], version: number) => {
      for (const { text, split, ordinal } of rows) {
        const [row] = await database().trainingExample.findMany({
          where: { datasetId: id, toVersion: null, contentHash: text, split, ordinal, fromVersion: { lt: version } },
          take: 1,
        });
        const { count } = await database().trainingExample.updateMany({
          where: { datasetId: id, id: row?.id ?? '' },
          data: { toVersion: version },
        });
        expect(count).toBe(1);
      }
    };
    await add(now, 1);
    for (const each of steps) {
      const version = versions.length + 1;
      const { closed, fresh } = effectOf(each, now, versions);
      await close(closed, version);
      await add(fresh, version);
      now = [...now.filter((row) => !closed.includes(row)), ...fresh];
      versions.push(now);
    }
    return { datasetId: id, versions };
  }

  const bag = (rows: readonly { text: number; split: number }[]) =>
    rows.map(({ text, split }) => `${text}/${split}`).sort();

  it('to one version gives the other, whatever was done in between', async () => {
    const runs = fc.asyncProperty(
      fc.array(content, { maxLength: 12 }),
      fc.array(step, { minLength: 1, maxLength: 6 }),
      fc.nat(),
      fc.nat(),
      async (start, steps, one, other) => {
        const { datasetId, versions } = await live(start, steps);
        const [low, high] = [1 + (one % versions.length), 1 + (other % versions.length)].sort((a, b) => a - b) as [
          number,
          number,
        ];
        const { entries, counts } = await findDifferences(diffQueries, { datasetId, low, high });
        const result = bag(versions[low - 1] ?? []);
        for (const kind of diffKinds) {
          expect(counts[kind]).toBe(entries[kind].length);
          for (const { before } of entries[kind]) {
            if (!before) continue;
            const at = result.indexOf(`${before.hash}/${before.split}`);
            expect(at).toBeGreaterThanOrEqual(0);
            result.splice(at, 1);
          }
          for (const { after } of entries[kind]) if (after) result.push(`${after.hash}/${after.split}`);
        }
        expect(result.sort()).toEqual(bag(versions[high - 1] ?? []));
        // And nothing more than needed: what is on both sides is in no entry.
        const touched = diffKinds.flatMap((kind) => entries[kind]);
        const [gone, came] = [
          touched.flatMap(({ before }) => before ?? []),
          touched.flatMap(({ after }) => after ?? []),
        ];
        const kept = new Set(gone.map(({ hash, split }) => `${hash}/${split}`));
        expect(came.filter(({ hash, split }) => kept.has(`${hash}/${split}`))).toEqual([]);
      },
    );
    const seed = Date.now() & 0x7fffffff;
    console.info(`diff: seed ${seed}`);
    await fc.assert(runs, { numRuns: 25, seed });
  });
});
