import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { genUploader } from 'uploadthing/client';
import { UTApi, UTFile } from 'uploadthing/server';
import { expect, it, onTestFinished, vi } from 'vitest';
import { sendWithRetry } from '@/features/datasets/ui/upload/send-with-retry';
import { type Actor, makeActor } from '@/lib/actor';
import { AppError } from '@/lib/app-error';
import { newId } from '@/lib/ids';
import type { Permission } from '@/lib/permissions';
import { cuttingProxy } from '@/testing/cutting-proxy';
import { testUploads } from '@/testing/embedded-uploads';
import { hostHandler } from '@/testing/http-host';
import { xmlHttpRequestFor } from '@/testing/xml-http-request';
import { embeddedDoors } from './upload-doors';
import { createUploadRouter, type UploadRouter } from './upload-router';

type ImportFile = Parameters<typeof createUploadRouter>[0]['importFile'];
type ImportInput = Parameters<ImportFile>[1];

const WORKSPACE = newId();
const LINES = Buffer.from('{"messages":[{"role":"user","content":"hi"}]}\n'.repeat(100_000));

function person(id: string, allowed: Permission[] = ['datasets:write']): Actor {
  return makeActor({ kind: 'user', id, label: id, workspaceId: WORKSPACE, role: 'member', allowed });
}

/** An app with the real route handler, the real storage and real HTTP; only the import and the sign-in are given. */
async function app(options: { importFile?: ImportFile; freeBytes?: number; cuts?: number[] } = {}) {
  const imports: { actor: Actor; input: ImportInput }[] = [];
  const importFile: ImportFile = async (actor, input) => {
    imports.push({ actor, input });
    return options.importFile ? options.importFile(actor, input) : { datasetId: newId(), versionId: newId() };
  };
  const people: Record<string, Actor> = { anna: person('anna'), bert: person('bert'), eve: person('eve', []) };
  const router = createUploadRouter({
    actorOf: async (headers) => people[headers.get('x-person') ?? ''] ?? null,
    freeBytes: async () => options.freeBytes ?? null,
    importFile,
  });
  const world = await testUploads();
  const doors = embeddedDoors(router, world);
  const host = await hostHandler((request) => {
    const { pathname } = new URL(request.url);
    const door = pathname.startsWith('/api/ut/') ? doors.storage : doors.route;
    return door ? door(request) : Promise.resolve(new Response(null, { status: 404 }));
  });
  const proxy = await cuttingProxy(host.port, options.cuts ?? []);
  onTestFinished(async () => {
    proxy.close();
    await host.close();
  });
  const { origin } = proxy;
  vi.stubGlobal('XMLHttpRequest', xmlHttpRequestFor(origin));
  onTestFinished(() => void vi.unstubAllGlobals());
  const uploader = (who: string | null) => {
    const { uploadFiles } = genUploader<UploadRouter>({
      url: `${origin}/api/uploadthing`,
      fetch: (input, init) => fetch(new URL(String(input), origin), init as RequestInit),
    });
    return (
      file: File,
      input: { uploadId: string; datasetId?: string; name?: string },
      onBytes?: (n: number) => void,
    ) =>
      uploadFiles('dataset', {
        files: [file],
        input,
        headers: who ? { 'x-person': who } : {},
        ...(onBytes && { onUploadProgress: ({ loaded }: { loaded: number }) => onBytes(loaded) }),
      }).then(([sent]) => {
        if (!sent) throw new Error('nothing was sent');
        return sent;
      });
  };
  return { ...world, imports, uploader, origin, proxy };
}

const fileOf = (bytes: Buffer, name = 'train é.jsonl') =>
  new File([new Uint8Array(bytes)], name, { lastModified: 1_700_000_000_000 });

it('takes a file from the real client, keeps its bytes and starts the import for whoever sent it', async () => {
  const { uploader, imports, store } = await app();
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

it('goes on at the last offset when connections are cut, with the retry loop of the page', async () => {
  const { uploader, proxy, store, imports } = await app({ cuts: [1_500_000, 1_500_000, 900_000] });
  const upload = uploader('anna');
  const uploadId = crypto.randomUUID();
  const starts: number[] = [];
  const sent = await sendWithRetry({
    send: (_, onBytes) => {
      let first = true;
      return upload(fileOf(LINES), { uploadId }, (bytes) => {
        if (first) starts.push(bytes);
        first = false;
        onBytes(bytes);
      });
    },
    signal: new AbortController().signal,
    pause: () => new Promise((resolve) => setTimeout(resolve, 100)),
    onAttempt: () => undefined,
    onBytes: () => undefined,
    onPause: () => undefined,
  });
  expect(proxy.resets()).toBe(3);
  expect(starts).toHaveLength(4);
  expect(starts[0]).toBe(0);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  expect(starts[1]).toBeGreaterThan(1_000_000);
  expect((await readFile(store.path(sent.key, 'data'))).equals(LINES)).toBe(true);
  expect(imports).toHaveLength(1);
});

it('knows a retry by its upload id, a second upload on purpose by another, and keeps people apart', async () => {
  const { uploader, imports } = await app();
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
  const { uploader } = await app();
  // A File cannot have a slash in its name in browsers; here it can, as a script's request can.
  const file = Object.defineProperty(fileOf(bytes), 'name', { value: name });
  await expect(uploader(who)(file, { uploadId: crypto.randomUUID() })).rejects.toThrow(words);
});

it('refuses bad input, and a file there is no room for, in words', async () => {
  const { uploader } = await app({ freeBytes: 1000 });
  await expect(uploader('anna')(fileOf(LINES), { uploadId: 'none' })).rejects.toThrow(/uploadId/);
  await expect(uploader('anna')(fileOf(LINES), { uploadId: crypto.randomUUID(), name: '' })).rejects.toThrow(/name/);
  await expect(uploader('anna')(fileOf(LINES), { uploadId: crypto.randomUUID() })).rejects.toThrow(/no room/);
});

it('gives the words of the storage when the bytes are refused', async () => {
  const { uploader } = await app();
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
  const refused = await app({ importFile: () => Promise.reject(gone) });
  const sent = await refused.uploader('anna')(fileOf(LINES), { uploadId: crypto.randomUUID() });
  expect(sent.serverData).toEqual({ problem: 'This dataset was deleted.' });

  let calls = 0;
  const shaky = await app({
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
  const { origin, imports, store } = await app();
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
  const { uploader, uploads, identity, store } = await app();
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
  const { uploads, storage } = await app();
  const api = new UTApi(uploads.config);
  const { data } = await api.uploadFiles(new UTFile([new Uint8Array(LINES)], 'sdk.jsonl'));
  expect(await storage.size(data?.key ?? '')).toBe(LINES.length);
  expect(await api.getUsageInfo()).toMatchObject({ filesUploaded: 1 });
  expect(await api.deleteFiles([data?.key ?? '', 'unknown'])).toEqual({ success: true, deletedCount: 1 });
  await expect(
    new UTApi({ ...uploads.config, token: (await testUploads()).identity.token }).getUsageInfo(),
  ).rejects.toThrow();
});
