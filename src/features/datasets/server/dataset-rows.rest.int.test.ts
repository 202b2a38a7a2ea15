import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { createRestDispatcher } from '@/platform/rest/dispatch';
import { closeDatasetLab, datasetLab, makeRows } from '@/testing/dataset-lab';
import { createDatasetRoutes } from './dataset.rest';

afterAll(closeDatasetLab);

async function door() {
  const lab = await datasetLab();
  const handle = createRestDispatcher(createDatasetRoutes(lab.datasets), async () => lab.actor);
  const send = async (path: string, init?: RequestInit) => {
    const response = await handle(new Request(`http://app.test/api/fine-tuning/datasets${path}`, init));
    return { status: response.status, body: JSON.parse(await response.text()) };
  };
  const post = (path: string, body: unknown) =>
    send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return { ...lab, send, post };
}

it('lists and searches rows page by page, and shows one in full', async () => {
  const { send, importBytes } = await door();
  const { datasetId } = await importBytes(Buffer.from(makeRows(30).join('\n')));
  const first = await send(`/${datasetId}/examples?limit=20&minTokens=1`);
  expect(first).toMatchObject({ status: 200, body: { items: { length: 20 } } });
  const rest = await send(`/${datasetId}/examples?limit=20&minTokens=1&cursor=${first.body.nextCursor}`);
  expect(rest.body).toMatchObject({ items: { length: 10 }, nextCursor: null });
  const found = await send(`/${datasetId}/examples?search=one-17`);
  expect(found.body.items).toMatchObject([{ line: 18 }]);
  const example = await send(`/${datasetId}/examples/${found.body.items[0].id}`);
  expect(example.body.messages.at(-1)).toMatchObject({ role: 'assistant', text: 'Answer one-17: 34.' });
  expect((await send(`/${datasetId}/examples?cursor=nonsense`)).body.reason).toBe('input.unknown_cursor');
});

it('changes rows, tells what differs, and goes back', async () => {
  const { send, post, importBytes } = await door();
  const { datasetId, versionId } = await importBytes(Buffer.from(makeRows(12).join('\n')));
  const [row] = (await send(`/${datasetId}/examples`)).body.items;
  const change = { versionId, change: { kind: 'delete', ids: [row.id] } };
  expect((await post(`/${datasetId}/changes/preview`, change)).body).toMatchObject({ removed: 1, problems: [] });
  const made = (await post(`/${datasetId}/changes`, change)).body;
  expect(made).toMatchObject({ number: 2, status: 'ready' });
  const between = `fromId=${versionId}&toId=${made.versionId}`;
  expect((await send(`/${datasetId}/differences?${between}`)).body.counts).toMatchObject({ removed: 1, added: 0 });
  const rows = await send(`/${datasetId}/differences/rows?${between}&kind=removed`);
  expect(rows.body.items).toMatchObject([{ before: { line: row.line }, after: null }]);
  const back = { kind: 'goBack', number: 1 };
  expect((await post(`/${datasetId}/changes`, { versionId, change: back })).status).toBe(409);
  expect((await post(`/${datasetId}/changes`, { versionId: made.versionId, change: back })).body.number).toBe(3);
  expect((await send(`/${datasetId}/analysis?versionId=${made.versionId}`)).status).toBe(200);
});

it('takes a packed body, whatever its headers say of it', async () => {
  const { send, datasets, actor } = await door();
  const body = gzipSync(makeRows(12).join('\n'));
  const ways: Record<string, string>[] = [
    { 'content-type': 'application/gzip' },
    { 'content-type': 'application/jsonl', 'content-encoding': 'gzip' },
    { 'content-type': 'application/octet-stream' },
  ];
  for (const headers of ways) {
    const { status, body: made } = await send('?name=Chat', { method: 'POST', headers, body });
    expect(status).toBe(202);
    await datasets.runImport(actor.workspaceId, made.versionId);
    expect((await datasets.get(actor, made.id)).version).toMatchObject({ rows: 12, fileName: 'Chat.jsonl.gz' });
  }
});
