import { afterAll, describe, expect, it } from 'vitest';
import { makeActor } from '@/lib/actor';
import { database } from '@/platform/db/database';
import { createRestDispatcher } from '@/platform/rest/dispatch';
import { closeDatasetLab, type DatasetLab, datasetLab, makeRows, storedExamples } from '@/testing/dataset-lab';
import { createDatasetRoutes } from './dataset.rest';

afterAll(closeDatasetLab);

const file = (count = 12, word?: string) => Buffer.from(makeRows(count, word).join('\n'));

async function useInJob(lab: DatasetLab, versionId: string, status: string): Promise<void> {
  const { workspaceId } = lab.actor;
  const connection = await database().providerConnection.create({
    data: { workspaceId, kind: 'builtin', label: 'Built-in', baseUrl: 'http://127.0.0.1:1/v1' },
  });
  await database().fineTuningJob.create({
    data: {
      ...{ workspaceId, name: 'first try', datasetVersionId: versionId, connectionId: connection.id, status },
      ...{ baseModel: 'm', hyperparameters: {}, launchToken: crypto.randomUUID(), requestId: crypto.randomUUID() },
    },
  });
}

describe('the list', () => {
  it('pages through every order without losing or repeating a dataset', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    for (const [i, name] of ['beta', 'Alpha', 'gamma', 'alpha', '50%_off'].entries())
      await importBytes(file(12 + (i % 2)), `${name}.jsonl`);
    for (const sort of ['newest', 'name', 'rows'] as const) {
      const names: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof datasets.list>> = await datasets.list(actor, { limit: 2, sort, cursor });
        names.push(...page.items.map(({ name }) => name));
        cursor = page.nextCursor;
      } while (cursor);
      expect(names).toHaveLength(5);
      expect(new Set(names).size).toBe(5);
      if (sort === 'newest') expect(names[0]).toBe('50%_off');
      if (sort === 'name') expect(names.at(-1)).toBe('gamma');
    }
    const found = await datasets.list(actor, { limit: 10, sort: 'newest', search: '%_' });
    expect(found.items.map(({ name }) => name)).toEqual(['50%_off']);
    expect((await datasets.list(actor, { limit: 10, sort: 'newest', status: 'failed' })).items).toEqual([]);
  });
});

describe('examples', () => {
  it('are found by text as it reads, by flag, split and size', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const special =
      '{"messages":[{"role":"user","content":"Gr\\u00fc\\u00dfe, \\"Welt\\""},{"role":"assistant","content":"Hallo zurück"}]}';
    const twin = makeRows(30)[4] ?? '';
    const ref = await importBytes(Buffer.from([...makeRows(30), special, twin].join('\n')));
    const find = async (filter: object) => (await datasets.examples(actor, { ...ref, limit: 100, ...filter })).items;
    expect(await find({ search: 'Grüße, "Welt"' })).toMatchObject([
      { line: 31, firstUserText: 'Grüße, "Welt"', lastAnswer: 'Hallo zurück' },
    ]);
    expect(await find({ search: 'zurück' })).toHaveLength(1);
    expect(await find({ flag: 'duplicate' })).toMatchObject([{ line: 32, flags: ['duplicate', 'warning'] }]);
    expect(await find({ flag: 'system' })).toHaveLength(10);
    const all = await find({});
    expect(await find({ split: 'holdout' })).toEqual(all.filter(({ split }) => split === 'holdout'));
    const median = all[10]?.tokens ?? 0;
    expect(await find({ minTokens: median })).toEqual(all.filter(({ tokens }) => tokens >= median));
    const page = await datasets.examples(actor, { ...ref, limit: 20 });
    const rest = await datasets.examples(actor, { ...ref, limit: 20, cursor: page.nextCursor });
    expect([...page.items, ...rest.items]).toEqual(all);
    const detail = await datasets.example(actor, { datasetId: ref.datasetId, id: all[30]?.id ?? '' });
    expect(detail).toMatchObject({
      body: special,
      messages: [
        { role: 'user', trained: false },
        { role: 'assistant', trained: true },
      ],
    });
  });
});

describe('deleting', () => {
  it('takes rows and file along, and leaves nothing to be found', async () => {
    const { datasets, storage, actor, importBytes } = await datasetLab();
    const { datasetId, versionId } = await importBytes(file());
    const { fileKey } = await database().datasetVersion.findUniqueOrThrow({ where: { id: versionId } });
    await datasets.delete(actor, datasetId);
    await expect(datasets.get(actor, datasetId)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(storage.size(fileKey ?? '')).rejects.toMatchObject({ reason: 'storage.not_found' });
    expect(await storedExamples(datasetId)).toEqual([]);
    expect((await datasets.list(actor, { limit: 10, sort: 'newest' })).items).toEqual([]);
    const audit = await database().auditEntry.findFirst({ where: { workspaceId: actor.workspaceId } });
    expect(audit).toMatchObject({ action: 'dataset.deleted', subjectId: datasetId });
  });

  it('is refused while a job needs the data, which is named', async () => {
    const lab = await datasetLab();
    const { datasets, actor } = lab;
    const { datasetId, versionId } = await lab.importBytes(file());
    await useInJob(lab, versionId, 'running');
    const refusal = {
      kind: 'conflict',
      reason: 'datasets.in_use',
      message: expect.stringContaining('the job "first try"'),
    };
    await expect(datasets.delete(actor, datasetId)).rejects.toMatchObject(refusal);
    await expect(datasets.validate(actor, { datasetId })).rejects.toMatchObject({ reason: 'datasets.version_in_use' });
    expect(await datasets.get(actor, datasetId)).toMatchObject({
      jobs: 1,
      usedBy: [{ name: 'first try', version: 1 }],
    });
    const ended = { status: 'failed', chargedNanoUsd: 0n };
    await database().fineTuningJob.updateMany({ where: { datasetVersionId: versionId }, data: ended });
    await datasets.delete(actor, datasetId);
  });

  it('stops an import that is still running', async () => {
    const { datasets, actor, start } = await datasetLab();
    const { datasetId, versionId } = await start(file(60_000));
    const run = datasets.runImport(actor.workspaceId, versionId);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await datasets.delete(actor, datasetId);
    expect((await run).status).toBe('cancelled');
    expect(await storedExamples(datasetId)).toEqual([]);
  });
});

describe('an import that nobody runs', () => {
  it('is started again after a minute of silence, with an event of its own', async () => {
    const { datasets, start } = await datasetLab();
    const { versionId } = await start(file());
    const { restarted } = await datasets.reconcileImports();
    expect(restarted).toBe(0);
    await database().datasetVersion.update({
      where: { id: versionId },
      data: { status: 'importing', heartbeatAt: new Date(Date.now() - 61_000) },
    });
    expect(await datasets.reconcileImports()).toEqual({ restarted: 1 });
    expect(await datasets.reconcileImports()).toEqual({ restarted: 0 });
    const events = await database().outboxEvent.findMany({
      where: { id: { startsWith: `dataset-version-${versionId}` } },
    });
    expect(events.map(({ id }) => id.split('-').at(-1)).sort()).toEqual(['0', '1']);
  });

  it('ends as failed, in words, when the durable run gives up; one that has ended stays as it is', async () => {
    const { datasets, actor, start, importBytes } = await datasetLab();
    const { datasetId, versionId } = await start(file());
    await datasets.failImport(actor.workspaceId, versionId, 'It broke five times.');
    expect((await datasets.get(actor, datasetId)).version).toMatchObject({
      status: 'failed',
      statusReason: 'It broke five times.',
    });
    const done = await importBytes(file());
    await datasets.failImport(actor.workspaceId, done.versionId, 'Too late.');
    expect((await datasets.get(actor, done.datasetId)).version.status).toBe('ready');
  });

  it('says so when its file is gone', async () => {
    const { datasets, actor, start, storage } = await datasetLab();
    const { datasetId, versionId } = await start(file());
    const { fileKey } = await database().datasetVersion.findUniqueOrThrow({ where: { id: versionId } });
    await storage.remove([fileKey ?? '']);
    expect(await datasets.runImport(actor.workspaceId, versionId)).toEqual({ status: 'failed', rows: 0 });
    expect((await datasets.get(actor, datasetId)).version.statusReason).toContain('not in the storage');
  });
});

describe('the REST door', () => {
  const door = async () => {
    const lab = await datasetLab();
    const call = createRestDispatcher(createDatasetRoutes(lab.datasets), async () => lab.actor);
    const base = 'http://localhost/api/fine-tuning/datasets';
    const send = async (path: string, init: RequestInit = {}) => {
      const response = await call(new Request(`${base}${path}`, init));
      return { status: response.status, body: response.status === 204 ? null : await response.json() };
    };
    return { ...lab, send };
  };
  const jsonl = { 'content-type': 'application/jsonl' };
  const json = { 'content-type': 'application/json' };

  it('takes the file as the body, as a form, and by key, and answers at once', async () => {
    const { send, datasets, actor, storage } = await door();
    const raw = await send('?name=Support', { method: 'POST', headers: jsonl, body: file() });
    expect(raw).toMatchObject({ status: 202, body: { status: 'pending' } });
    await datasets.runImport(actor.workspaceId, raw.body.versionId);
    expect(await send(`/${raw.body.id}`)).toMatchObject({
      status: 200,
      body: { name: 'Support', version: { rows: 12 } },
    });
    const form = new FormData();
    form.set('file', new Blob([file()]), 'from form.jsonl');
    const posted = await send('', { method: 'POST', body: form });
    expect(posted.status).toBe(202);
    expect((await datasets.get(actor, posted.body.id)).name).toBe('from form');
    const { key } = await storage.write({
      name: 'a.jsonl',
      body: (async function* () {
        yield file();
      })(),
    });
    const named = { fileKey: key, fileName: 'a.jsonl', name: 'By key', datasetId: raw.body.id };
    const keyed = await send('', { method: 'POST', headers: json, body: JSON.stringify(named) });
    expect(keyed).toMatchObject({ status: 202, body: { id: raw.body.id } });
    expect((await send('?limit=10')).body.items).toHaveLength(2);
    expect((await send(`/${posted.body.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await send(`/${posted.body.id}`)).status).toBe(404);
  });

  it('answers a repeated upload with the first one’s answer', async () => {
    const { send } = await door();
    const upload = () =>
      send('?name=Once', { method: 'POST', headers: { ...jsonl, 'idempotency-key': 'k1' }, body: file() });
    const first = await upload();
    expect(first.status).toBe(202);
    expect(await upload()).toEqual(first);
    expect((await send('')).body.items).toHaveLength(1);
  });

  it('answers the report, and reads again when asked to', async () => {
    const { send, datasets, actor, importBytes } = await door();
    const { datasetId, versionId } = await importBytes(Buffer.from(`${file()}\n{oops`));
    const report = await send(`/${datasetId}/validate`, { method: 'POST', headers: json, body: '{}' });
    expect(report).toMatchObject({
      status: 200,
      body: { status: 'ready', rejectedRows: 1, groups: [{ code: 'not_json' }] },
    });
    const again = await send(`/${datasetId}/validate`, { method: 'POST', headers: json, body: '{"again":true}' });
    expect(again.body.status).toBe('pending');
    await datasets.runImport(actor.workspaceId, versionId);
    expect((await send(`/${datasetId}/validate`, { method: 'POST', headers: json, body: '{}' })).body).toEqual(
      report.body,
    );
  });

  it.each([
    ['?name=a%2Fb.jsonl', 202],
    [`?name=${'n'.repeat(300)}`, 400],
    ['?name=x&datasetId=nonsense', 400],
    [`?datasetId=${crypto.randomUUID()}`, 404],
  ])('takes or refuses %s with a clear answer', async (query, status) => {
    const { send } = await door();
    const answered = await send(query, { method: 'POST', headers: jsonl, body: file() });
    expect(answered.status).toBe(status);
    if (status !== 202) expect(answered.body.detail.length).toBeGreaterThan(20);
  });

  it('names the content types it takes', async () => {
    const { send } = await door();
    const answered = await send('', { method: 'POST', headers: { 'content-type': 'image/png' }, body: file() });
    expect(answered).toMatchObject({ status: 400, body: { reason: 'rest.unknown_content_type' } });
    expect(answered.body.detail).toContain('application/jsonl');
  });
});

describe('a viewer', () => {
  it('may look, and change nothing', async () => {
    const { datasets, actor, importBytes } = await datasetLab();
    const ref = await importBytes(file());
    const viewer = makeActor({
      kind: 'user',
      id: null,
      label: 'V',
      workspaceId: actor.workspaceId,
      role: 'viewer',
      allowed: ['datasets:read'],
    });
    expect((await datasets.get(viewer, ref.datasetId)).name).toBe('data');
    const changes = [
      () => datasets.update(viewer, { id: ref.datasetId, name: 'x' }),
      () => datasets.delete(viewer, ref.datasetId),
      () => datasets.validate(viewer, ref),
      () => datasets.cancelImport(viewer, ref),
      async () => datasets.importText(viewer, { text: 'x' }),
      () => datasets.importFile(viewer, { fileKey: 'k', fileName: 'a.jsonl' }),
    ];
    for (const change of changes) await expect(change()).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
