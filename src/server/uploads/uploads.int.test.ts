import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { UTApi, UTFile } from 'uploadthing/server';
import { expect, it } from 'vitest';
import { AppError } from '@/lib/app-error';
import { newId } from '@/lib/new-id';
import { testUploads } from '@/testing/embedded-uploads';
import { fileOf, LINES, uploadApp, WORKSPACE } from '@/testing/upload-app';

it('takes a file from the real client, keeps its bytes and starts the import for whoever sent it', async () => {
  const { uploader, imports, store } = await uploadApp();
  const datasetId = newId();
  const seen: number[] = [];
  const sent = await uploader('anna')(
    fileOf(LINES),
    { uploadId: crypto.randomUUID(), datasetId, name: 'Train' },
    (bytes) => seen.push(bytes),
  );
  expect(sent.serverData).toEqual({ datasetId: expect.any(String), versionId: expect.any(String) });
  expect(imports).toHaveLength(1);
  expect(imports[0]?.input).toEqual({
    fileKey: sent.key,
    fileName: 'train é.jsonl',
    source: 'upload',
    datasetId,
    name: 'Train',
  });
  expect(imports[0]?.actor).toMatchObject({ kind: 'user', id: 'anna', workspaceId: WORKSPACE });
  expect(imports[0]?.actor.can('datasets:write')).toBe(true);
  expect((await readFile(store.path(sent.key, 'data'))).equals(LINES)).toBe(true);
  expect(sent.fileHash).toBe(createHash('md5').update(LINES).digest('hex'));
  expect(seen.at(-1)).toBeGreaterThanOrEqual(LINES.length);
});

it('knows a retry by its upload id, a second upload on purpose by another, and keeps people apart', async () => {
  const { uploader, imports } = await uploadApp();
  const uploadId = crypto.randomUUID();
  const first = await uploader('anna')(fileOf(LINES), { uploadId });
  const again = await uploader('anna')(fileOf(LINES), { uploadId });
  const onPurpose = await uploader('anna')(fileOf(LINES), { uploadId: crypto.randomUUID() });
  const other = await uploader('bert')(fileOf(LINES), { uploadId });
  expect(again.key).toBe(first.key);
  expect(new Set([first.key, onPurpose.key, other.key]).size).toBe(3);
  expect(imports.map(({ input }) => input.fileKey)).toEqual([first.key, first.key, onPurpose.key, other.key]);
});

it.each<[string, string | null, Buffer, string, RegExp]>([
  ['nobody', null, LINES, 'a.jsonl', /sign in/],
  ['somebody who may not', 'eve', LINES, 'a.jsonl', /datasets:write/],
  ['a type nobody reads', 'anna', LINES, 'a.exe', /\.jsonl/],
  ['an empty file', 'anna', Buffer.alloc(0), 'a.jsonl', /empty/],
  ['a name with a slash', 'anna', LINES, 'a/b.jsonl', /slash/],
])('refuses %s before a byte is sent, in words', async (_, who, bytes, name, words) => {
  const { uploader } = await uploadApp();
  // A File cannot have a slash in its name in browsers; here it can, as a script's request can.
  const file = Object.defineProperty(fileOf(bytes), 'name', { value: name });
  await expect(uploader(who)(file, { uploadId: crypto.randomUUID() })).rejects.toThrow(words);
});

it('refuses bad input, and a file there is no room for, in words', async () => {
  const { uploader } = await uploadApp({ freeBytes: 1000 });
  await expect(uploader('anna')(fileOf(LINES), { uploadId: 'none' })).rejects.toThrow(/uploadId/);
  await expect(uploader('anna')(fileOf(LINES), { uploadId: crypto.randomUUID(), name: '' })).rejects.toThrow(/name/);
  await expect(uploader('anna')(fileOf(LINES), { uploadId: crypto.randomUUID() })).rejects.toThrow(/no room/);
});

it('gives the words of the storage when the bytes are refused', async () => {
  const { uploader } = await uploadApp();
  const zip = Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(5000)]);
  const failed = await uploader('anna')(fileOf(zip), { uploadId: crypto.randomUUID() }).catch(
    (error: unknown) => error,
  );
  expect(failed).toMatchObject({
    code: 'UPLOAD_FAILED',
    message: expect.stringMatching(/^XHR failed 415/),
    data: { error: expect.stringContaining('ZIP') },
  });
});

it('tells a refusal of the import as a final answer, and repeats what may pass', async () => {
  const gone = new AppError({ kind: 'not_found', reason: 'datasets.not_found', message: 'This dataset was deleted.' });
  const refused = await uploadApp({ importFile: () => Promise.reject(gone) });
  const sent = await refused.uploader('anna')(fileOf(LINES), { uploadId: crypto.randomUUID() });
  expect(sent.serverData).toEqual({ problem: 'This dataset was deleted.' });

  let calls = 0;
  const shaky = await uploadApp({
    importFile: async () => {
      calls++;
      if (calls === 1) throw new Error('the database restarts');
      return { datasetId: 'd', versionId: 'v' };
    },
  });
  const uploadId = crypto.randomUUID();
  await expect(shaky.uploader('anna')(fileOf(LINES), { uploadId })).rejects.toThrow(/arrived and is kept/);
  expect((await shaky.uploader('anna')(fileOf(LINES), { uploadId })).serverData).toEqual({
    datasetId: 'd',
    versionId: 'v',
  });
  expect(calls).toBe(2);
});

it('signs for its own storage whatever the Host header says, and only its own callbacks count', async () => {
  const { origin, imports, store } = await uploadApp();
  const body = JSON.stringify({
    input: { uploadId: crypto.randomUUID() },
    files: [{ name: 'a.jsonl', size: 10, type: '', lastModified: 1 }],
  });
  const headers = {
    'x-person': 'anna',
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'content-type': 'application/json',
  };
  const signed = await fetch(`${origin}/api/uploadthing?actionType=upload&slug=dataset`, {
    method: 'POST',
    body,
    headers,
  });
  const [file] = (await signed.json()) as { url: string; key: string }[];
  expect(file?.url).toMatch(/^\/api\/ut\/[A-Za-z0-9]+\?/);
  expect(JSON.stringify(await store.announcement(file?.key ?? ''))).not.toContain('evil');

  const forged = await fetch(`${origin}/api/uploadthing?slug=dataset`, {
    method: 'POST',
    headers: { 'uploadthing-hook': 'callback', 'x-uploadthing-signature': `hmac-sha256=${'0'.repeat(64)}` },
    body: JSON.stringify({ status: 'uploaded', metadata: {}, origin: 'http://evil.example', file: {} }),
  });
  expect(forged.status).toBe(400);
  for (const path of ['route-metadata', 'v6/deleteFiles', 'callback-result'])
    expect((await fetch(`${origin}/api/ut/${path}`, { method: 'POST', body: '{}' })).status).toBeGreaterThanOrEqual(
      404,
    );
  expect(imports).toEqual([]);
});

it('gives a key to the one who announced it first', async () => {
  const { uploader, uploads, identity, store } = await uploadApp();
  const { key } = await uploader('anna')(fileOf(LINES), { uploadId: crypto.randomUUID() });
  const before = await store.announcement(key);
  const announced = await uploads.config.fetch(`${uploads.config.ingestUrl}/route-metadata`, {
    method: 'POST',
    headers: { 'x-uploadthing-api-key': identity.apiKey },
    body: JSON.stringify({ fileKeys: [key], metadata: { customId: 'somebody else' }, callbackSlug: 'dataset' }),
  });
  expect(announced.status).toBe(409);
  expect(await store.announcement(key)).toEqual(before);
});

it('serves the server SDK as well', async () => {
  const { uploads, storage } = await uploadApp();
  const api = new UTApi(uploads.config);
  const { data } = await api.uploadFiles(new UTFile([new Uint8Array(LINES)], 'sdk.jsonl'));
  expect(await storage.size(data?.key ?? '')).toBe(LINES.length);
  expect(await api.getUsageInfo()).toMatchObject({ filesUploaded: 1 });
  expect(await api.deleteFiles([data?.key ?? '', 'unknown'])).toEqual({ success: true, deletedCount: 1 });
  await expect(
    new UTApi({ ...uploads.config, token: (await testUploads()).identity.token }).getUsageInfo(),
  ).rejects.toThrow();
});
