import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { closeDatasetLab, collect, datasetLab, makeRows, storedExamples } from '@/testing/dataset-lab';
import { importRepository } from './import.repository';

afterAll(closeDatasetLab);

const good = makeRows(12);

describe('another workspace', () => {
  it('finds nothing of a dataset, at no door of the service', async () => {
    const mine = await datasetLab();
    const { datasetId, versionId } = await mine.importBytes(Buffer.from(good.join('\n')));
    const [example] = (await mine.datasets.examples(mine.actor, { datasetId, versionId, limit: 1 })).items;
    const { datasets, actor } = await datasetLab();
    const ref = { datasetId, versionId };
    const doors = [
      () => datasets.get(actor, datasetId),
      () => datasets.update(actor, { id: datasetId, name: 'Mine now' }),
      () => datasets.delete(actor, datasetId),
      () => datasets.validate(actor, ref),
      () => datasets.cancelImport(actor, ref),
      () => datasets.report(actor, ref),
      () => datasets.problems(actor, { ...ref, limit: 10 }),
      () => datasets.examples(actor, { ...ref, limit: 10 }),
      () => datasets.example(actor, { datasetId, id: example?.id ?? '' }),
      () => datasets.importText(actor, { text: good.join('\n'), datasetId }),
      () => datasets.snapshot(actor.workspaceId, versionId),
      () => datasets.holdout(actor.workspaceId, versionId, 5),
      () => collect(datasets.splitFile(actor.workspaceId, versionId, 'train')),
    ];
    for (const door of doors) await expect(door()).rejects.toMatchObject({ kind: 'not_found' });
    const run = await datasets.runImport(actor.workspaceId, versionId);
    expect(run).toEqual({ status: 'deleted', rows: 0 });
    expect((await mine.datasets.get(mine.actor, datasetId)).name).toBe('data');
    expect(await datasets.counts(actor.workspaceId)).toEqual({ datasets: 0, importing: 0 });
  });
});

describe('an interrupted import', () => {
  const seed = Number(process.env.TEST_SEED ?? Date.now() % 100_000);

  it(`leaves no row behind, and the next attempt stores each row once (seed ${seed})`, async () => {
    const { datasets, actor, start, storage } = await datasetLab();
    const lines = makeRows(30_000);
    const bytes = Buffer.from(lines.join('\n'));
    const { datasetId, versionId } = await start(bytes);
    const location = storage.location.bind(storage);
    for (let attempt = 0; attempt < 3; attempt++) {
      const breakAt = ((seed * 7919 + attempt * 104_729) % bytes.byteLength) + 1;
      // The disk gives no more than the first bytes.
      const part = path.join(process.env.TUNELOOP_DATA_DIR ?? tmpdir(), `part-${attempt}`);
      writeFileSync(part, bytes.subarray(0, breakAt - 1));
      storage.location = async () => ({ path: part, bytes: bytes.byteLength });
      await expect(datasets.runImport(actor.workspaceId, versionId)).rejects.toThrow('ends after');
    }
    storage.location = location;
    await datasets.validate(actor, { datasetId, versionId });
    expect(await datasets.runImport(actor.workspaceId, versionId)).toEqual({ status: 'ready', rows: 30_000 });
    const rows = await storedExamples(datasetId);
    expect(rows.map(({ body }) => body)).toEqual(lines);
  });

  it('stops within a second when it is cancelled, without a trace', async () => {
    const { datasets, actor, start } = await datasetLab();
    const ref = await start(Buffer.from(makeRows(150_000).join('\n')));
    const run = datasets.runImport(actor.workspaceId, ref.versionId);
    await new Promise((resolve) => setTimeout(resolve, 700));
    const cancelled = performance.now();
    await datasets.cancelImport(actor, ref);
    expect(await run).toEqual({ status: 'cancelled', rows: 0 });
    expect(performance.now() - cancelled).toBeLessThan(1000);
    expect(await storedExamples(ref.datasetId)).toEqual([]);
    await expect(datasets.cancelImport(actor, ref)).rejects.toMatchObject({ reason: 'datasets.import_over' });
  });

  it('gives way to a newer attempt: two at once store each row once', async () => {
    const { datasets, actor, start } = await datasetLab();
    const lines = makeRows(40_000);
    const { datasetId, versionId } = await start(Buffer.from(lines.join('\n')));
    const first = datasets.runImport(actor.workspaceId, versionId);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const second = datasets.runImport(actor.workspaceId, versionId);
    await Promise.all([first, second]);
    expect((await datasets.get(actor, datasetId)).version).toMatchObject({ status: 'ready', rows: 40_000 });
    expect(await storedExamples(datasetId)).toHaveLength(40_000);
  });

  it('cannot write once it has lost the version', async () => {
    const { datasets, actor, start } = await datasetLab();
    const { versionId } = await start(Buffer.from(good.join('\n')));
    const progress = { bytes: 0, totalBytes: 0, rows: 0, problems: 0, startedAt: new Date().toISOString() };
    const old = await importRepository.claim(actor.workspaceId, versionId, progress);
    const now = await importRepository.claim(actor.workspaceId, versionId, progress);
    if (!old || !now) throw new Error('not claimed');
    expect(await importRepository.beat(old, progress)).toBe(false);
    expect(await importRepository.beat(now, progress)).toBe(true);
    expect(await importRepository.fail(old, 'too late')).toBe(false);
    expect(await datasets.runImport(actor.workspaceId, versionId)).toEqual({ status: 'ready', rows: 12 });
  });

  it('shows how far it is while it runs', async () => {
    const { datasets, actor, start } = await datasetLab();
    const { datasetId, versionId } = await start(Buffer.from(makeRows(120_000).join('\n')));
    const stop = new AbortController();
    const seen: number[] = [];
    const watching = (async () => {
      for await (const { version } of datasets.watch(actor, datasetId, stop.signal)) {
        if (version.progress) seen.push(version.progress.rows);
        if (version.status === 'ready') return version.rows;
      }
      return 0;
    })();
    await datasets.runImport(actor.workspaceId, versionId);
    expect(await watching).toBe(120_000);
    stop.abort();
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBeGreaterThan(1000);
    // The planner knows of so many rows at once: before it did, each batch of an export sorted all that was left.
    const [plan] = await database().$queryRawUnsafe<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }[]>(
      `EXPLAIN (FORMAT JSON) SELECT 1 FROM training_examples WHERE dataset_id = '${datasetId}'`,
    );
    expect(plan?.['QUERY PLAN'][0].Plan['Plan Rows']).toBeGreaterThan(60_000);
  });
});
