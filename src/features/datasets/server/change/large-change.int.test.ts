import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { pgPool } from '@/platform/db/pool';
import { closeDatasetLab, datasetLab, makeRows, storedExamples } from '@/testing/dataset-lab';
import type { DatasetChange } from '../../change.schema';

afterAll(closeDatasetLab);

const ROWS = 3000;
const change: DatasetChange = { kind: 'replaceSystemPrompt', text: 'Be kind.', filter: {} };

async function started() {
  const lab = await datasetLab();
  const { datasetId, versionId } = await lab.importBytes(Buffer.from(makeRows(ROWS).join('\n')));
  const before = await storedExamples(datasetId);
  const made = await lab.datasets.change(lab.actor, { datasetId, versionId, change });
  expect(made).toMatchObject({ number: 2, status: 'pending' });
  return { ...lab, datasetId, before, made, run: () => lab.datasets.runChange(lab.actor.workspaceId, made.versionId) };
}

const state = (id: string) => database().datasetVersion.findUniqueOrThrow({ where: { id } });

/** Keeps a change from its last step, however fast the machine is: that one needs the dataset's lock. @returns lets it go on */
async function holdBack(datasetId: string): Promise<() => void> {
  const client = await pgPool().connect();
  // Whoever ends the connections of the change ends this one too.
  client.on('error', () => undefined);
  await client.query('BEGIN');
  await client.query('SELECT 1 FROM fine_tuning_datasets WHERE id = $1 FOR UPDATE', [datasetId]);
  return () => client.release(true);
}

/** Waits until the change has come so far that rows are written. */
async function midway(id: string): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    const { progress } = await state(id);
    if ((progress as { rows?: number } | null)?.rows) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the change did not start');
}

describe('a change of many rows', () => {
  it('goes on in the background, and is there as a whole or not at all when it is killed and started again', async () => {
    const { datasets, actor, datasetId, before, made, run } = await started();
    const letGo = await holdBack(datasetId);
    const first = run().catch((error: unknown) => error);
    await midway(made.versionId);
    // What kill -9 of the process is to the database: its connection is gone.
    await database().$queryRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xid IS NOT NULL`;
    letGo();
    expect(await first).toBeInstanceOf(Error);
    expect(await storedExamples(datasetId)).toEqual(before);
    expect(await state(made.versionId)).toMatchObject({ status: 'importing' });
    await database().$executeRaw`
      UPDATE dataset_versions SET heartbeat_at = now() - interval '2 minutes' WHERE id = ${made.versionId}::uuid`;
    expect((await datasets.reconcileImports()).restarted).toBeGreaterThan(0);
    const event = await database().outboxEvent.findFirst({
      where: { name: 'dataset/changed' },
      orderBy: { id: 'desc' },
    });
    expect(event?.data).toMatchObject({ versionId: made.versionId });
    // Two at once, as an engine that lost track may do: the newer one wins, and no row is there twice.
    const both = await Promise.allSettled([run(), run()]);
    expect(both.some((one) => one.status === 'fulfilled' && one.value.status === 'ready')).toBe(true);
    const { version } = await datasets.get(actor, datasetId);
    expect(version).toMatchObject({ number: 2, status: 'ready', rows: ROWS });
    expect(version.change).toEqual({ kind: 'replaceSystemPrompt', changed: ROWS, added: 0, removed: 0 });
    const rows = await storedExamples(datasetId);
    expect(rows.filter(({ fromVersion }) => fromVersion === 2)).toHaveLength(ROWS);
    expect(rows.filter(({ toVersion }) => toVersion === 2)).toHaveLength(ROWS);
  });

  it('stops when it is cancelled, and changes nothing', async () => {
    const { datasets, actor, datasetId, before, made, run } = await started();
    const letGo = await holdBack(datasetId);
    const running = run();
    await midway(made.versionId);
    await datasets.cancelImport(actor, { datasetId, versionId: made.versionId });
    letGo();
    expect(await running).toMatchObject({ status: 'cancelled' });
    expect(await storedExamples(datasetId)).toEqual(before);
    expect((await datasets.get(actor, datasetId)).version).toMatchObject({ number: 1, rows: ROWS });
  });
});
