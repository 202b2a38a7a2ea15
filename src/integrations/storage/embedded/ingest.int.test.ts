import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { testUploads } from '@/testing/embedded-uploads';
import { signedUpload, type UploadToSign } from '@/testing/signed-upload';
import { readUrl } from './address';
import { signUrl } from './signed-url';

const LINES = Buffer.from('{"messages":[{"role":"user","content":"hi"}]}\n'.repeat(50_000));

type World = Awaited<ReturnType<typeof testUploads>>;

function multipart(content: Buffer): { body: Buffer; type: string } {
  const head =
    '--b0und\r\nContent-Disposition: form-data; name="file"; filename="blob"\r\nContent-Type: application/octet-stream\r\n\r\n';
  return {
    body: Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--b0und--\r\n')]),
    type: 'multipart/form-data; boundary=b0und',
  };
}

function put(
  world: World,
  url: string,
  body: Buffer | ReadableStream<Uint8Array>,
  more: { start?: number; type?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const headers: Record<string, string> = { ...more.headers };
  if (more.start !== undefined) headers.range = `bytes=${more.start}-`;
  if (more.type) headers['content-type'] = more.type;
  const init: RequestInit & { duplex: 'half' } = { method: 'PUT', body: body as BodyInit, headers, duplex: 'half' };
  return world.uploads.handle(new Request(url, init));
}

const address = (world: World, upload: UploadToSign): string => signedUpload(world.identity.apiKey, upload);

async function offset(world: World, url: string): Promise<number> {
  const response = await world.uploads.handle(new Request(url, { method: 'HEAD' }));
  return Number(response.headers.get('x-ut-range-start'));
}

const contentOf = (world: World, key: string): Promise<Buffer> => readFile(world.store.path(key, 'data'));

/** Sends `bytes` and then breaks off, or falls silent. */
function broken(bytes: Buffer, how: 'breaks' | 'silent' = 'breaks'): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < bytes.length) {
        controller.enqueue(bytes.subarray(at, at + 65536));
        at += 65536;
        return;
      }
      if (how === 'breaks') controller.error(new Error('aborted'));
      else return new Promise<void>(() => undefined);
    },
  });
}

async function refusal(response: Response): Promise<{ status: number; error: string }> {
  const { error } = (await response.json()) as { error: string };
  return { status: response.status, error };
}

describe('a PUT', () => {
  it.each(['raw', 'multipart'])('takes a whole file (%s) and answers with its md5', async (form) => {
    const world = await testUploads();
    const { body, type } = form === 'raw' ? { body: LINES, type: '' } : multipart(LINES);
    const response = await put(world, address(world, { key: 'whole', size: LINES.length }), body, { start: 0, type });
    expect(await response.json()).toEqual({
      url: `/api/ut/a/${world.identity.appId}/whole`,
      appUrl: `/api/ut/a/${world.identity.appId}/whole`,
      ufsUrl: `/api/ut/a/${world.identity.appId}/whole`,
      fileHash: createHash('md5').update(LINES).digest('hex'),
      serverData: null,
    });
    expect((await contentOf(world, 'whole')).equals(LINES)).toBe(true);
    expect(await world.storage.size('whole')).toBe(LINES.length);
  });

  it('keeps what came before the connection broke, and goes on from there or from below it', async () => {
    const world = await testUploads();
    const url = address(world, { key: 'resumed', size: LINES.length });
    const first = await put(world, url, broken(LINES.subarray(0, 1_500_000)), { start: 0 });
    expect(await refusal(first)).toMatchObject({ status: 408, error: expect.stringContaining('1500000') });
    expect(await offset(world, url)).toBe(1_500_000);
    await put(world, url, broken(LINES.subarray(700_000, 1_600_000)), { start: 700_000 });
    expect(await offset(world, url)).toBe(1_600_000);
    expect((await refusal(await put(world, url, LINES.subarray(1_700_000), { start: 1_700_000 }))).status).toBe(416);
    const { body, type } = multipart(LINES.subarray(1_600_000));
    const last = await put(world, url, body, { start: 1_600_000, type });
    expect(((await last.json()) as { fileHash: string }).fileHash).toBe(createHash('md5').update(LINES).digest('hex'));
    expect((await contentOf(world, 'resumed')).equals(LINES)).toBe(true);
  });

  it('takes over from a writer that hangs, which learns that it was replaced', async () => {
    const world = await testUploads();
    const url = address(world, { key: 'stuck', size: LINES.length });
    const hanging = put(world, url, broken(LINES.subarray(0, 1_200_000), 'silent'), { start: 0 });
    while ((await offset(world, url)) < 1_000_000) await new Promise((resolve) => setTimeout(resolve, 5));
    const start = await offset(world, url);
    expect((await put(world, url, LINES.subarray(start), { start })).status).toBe(200);
    expect((await refusal(await hanging)).status).toBe(409);
    expect((await contentOf(world, 'stuck')).equals(LINES)).toBe(true);
  });

  it('leaves one whole file when many send the same one at once', async () => {
    const world = await testUploads();
    const url = address(world, { key: 'crowd', size: LINES.length });
    const all = await Promise.all(Array.from({ length: 6 }, () => put(world, url, LINES, { start: 0 })));
    const statuses = all.map((response) => response.status);
    expect(statuses).toContain(200);
    expect(statuses.filter((status) => status !== 200 && status !== 409)).toEqual([]);
    expect((await contentOf(world, 'crowd')).equals(LINES)).toBe(true);
  });

  it('cuts off a sender that falls silent, and keeps its bytes', async () => {
    const world = await testUploads({ idleMs: 80 });
    const url = address(world, { key: 'silent', size: LINES.length });
    const started = Date.now();
    const response = await put(world, url, broken(LINES.subarray(0, 500_000), 'silent'), { start: 0 });
    expect(await refusal(response)).toMatchObject({ status: 408, error: expect.stringContaining('Nothing came') });
    expect(Date.now() - started).toBeLessThan(2000);
    expect(await offset(world, url)).toBe(500_000);
  });

  it('says 200 again for a file that is complete, without its bytes', async () => {
    const world = await testUploads();
    const url = address(world, { key: 'again', size: LINES.length });
    await put(world, url, LINES, { start: 0 });
    expect(await offset(world, url)).toBe(LINES.length);
    const { body, type } = multipart(Buffer.alloc(0));
    expect((await put(world, url, body, { start: LINES.length, type })).status).toBe(200);
  });

  it.each<[string, Partial<UploadToSign>, Buffer, Record<string, string>, number]>([
    ['more bytes than signed, by its length', { size: 10 }, LINES, { 'content-length': '99999' }, 413],
    ['more bytes than signed, on the first one too many', { size: 100 }, LINES, {}, 413],
    ['fewer bytes than signed', { size: LINES.length + 1 }, LINES, {}, 400],
    ['a file type nobody reads', { name: 'a.exe' }, LINES, {}, 400],
    ['random bytes under a text name', {}, createHash('sha512').update('x').digest(), {}, 415],
    ['an archive under a text name', {}, Buffer.concat([Buffer.from('504b0304', 'hex'), LINES]), {}, 415],
    ['a range it cannot read', {}, LINES, { range: 'lines=1-2' }, 400],
  ])('refuses %s, and closes the connection', async (_, upload, body, headers, status) => {
    const world = await testUploads();
    const url = address(world, { key: 'refused', size: body.length, ...upload });
    const response = await put(world, url, body, { headers });
    expect(response.headers.get('connection')).toBe('close');
    expect((await refusal(response)).status).toBe(status);
    await expect(world.storage.size('refused')).rejects.toMatchObject({ reason: 'storage.not_found' });
    if (status === 413 || status === 415) expect(await offset(world, url)).toBe(0);
  });

  it('gives no key to two files', async () => {
    const world = await testUploads();
    await put(world, address(world, { key: 'taken', size: LINES.length, customId: 'anna' }), LINES);
    for (const other of [
      { name: 'other.jsonl', size: LINES.length, customId: 'anna' },
      { size: LINES.length - 1, customId: 'anna' },
      { size: LINES.length, customId: 'bert' },
    ]) {
      const response = await put(world, address(world, { key: 'taken', ...other }), LINES.subarray(0, other.size));
      expect((await refusal(response)).status).toBe(409);
    }
  });
});

describe('the disk', () => {
  it('is asked first: no room, or over the quota, is 507 before a byte is kept', async () => {
    const full = await testUploads({ freeSpace: async () => 256 * 1024 ** 2 + 1000 });
    expect((await refusal(await put(full, address(full, { key: 'a', size: LINES.length }), LINES))).status).toBe(507);
    const quota = await testUploads({ quotaBytes: LINES.length + 100 });
    expect((await put(quota, address(quota, { key: 'a', size: LINES.length }), LINES)).status).toBe(200);
    const { status, error } = await refusal(
      await put(quota, address(quota, { key: 'b', size: 5000 }), LINES.subarray(0, 5000)),
    );
    expect({ status, error }).toMatchObject({ status: 507, error: expect.stringContaining('storage is full') });
    expect(await quota.storage.health()).toMatchObject({ writable: false, problem: expect.stringContaining('full') });
  });

  // The kernel's own "no space left": /dev/full takes nothing.
  it.runIf(existsSync('/dev/full'))(
    'that fills up in the middle is 507 with words, not a lost connection',
    async () => {
      const world = await testUploads();
      await world.store.ready('brim');
      await symlink('/dev/full', world.store.path('brim', 'part'));
      const response = await put(world, address(world, { key: 'brim', size: LINES.length }), LINES);
      expect(await refusal(response)).toMatchObject({ status: 507, error: expect.stringContaining('storage is full') });
    },
  );

  it('that cannot be written is 500 with its code', async () => {
    const world = await testUploads();
    await world.store.ready('odd');
    await mkdir(world.store.path('odd', 'part'));
    const response = await put(world, address(world, { key: 'odd', size: LINES.length }), LINES);
    expect(await refusal(response)).toMatchObject({ status: 500, error: expect.stringContaining('EISDIR') });
  });
});

describe('a signature', () => {
  it('covers every value, expires, and does not depend on the Host header', async () => {
    const world = await testUploads();
    const url = address(world, { key: 'signed', size: LINES.length });
    const tries: [string, string][] = [
      ['no signature', url.replace(/&signature.*/, '')],
      ['another size', url.replace('x-ut-file-size=2', 'x-ut-file-size=9')],
      ['another key', url.replace('/signed?', '/signeD?')],
      ['another secret', signedUpload('sk_live_wrong', { key: 'signed', size: LINES.length })],
      ['an old date', address(world, { key: 'signed', size: LINES.length, expiresAt: Date.now() - 1 })],
      ['a signature that is no text', `${url.replace(/&signature.*/, '')}&signature=%ff%zz`],
    ];
    for (const [what, tried] of tries) expect((await put(world, tried, LINES)).status, what).toBe(403);
    const elsewhere = url.replace('http://storage.local', 'https://evil.example:8443');
    expect((await put(world, elsewhere, LINES)).status).toBe(200);
  });

  it('survives every character a file name can have', async () => {
    const world = await testUploads();
    const name = "a b+c%20é'(1)&x=1#?😀.jsonl";
    await put(world, address(world, { key: 'odd', name, size: LINES.length }), LINES);
    expect(await world.store.record('odd')).toMatchObject({ name });
  });
});

describe('a read', () => {
  async function world(acl?: string, name = 'page.json') {
    const made = await testUploads();
    const body = Buffer.from(`<html><script>alert(1)</script>${' '.repeat(2000)}`);
    await put(made, address(made, { key: 'file', name, size: body.length, ...(acl && { acl }) }), body);
    const plain = readUrl(made.identity.appId, 'file');
    const signed = (expiresAt = Date.now() + 5000) => signUrl(plain, made.identity.apiKey, expiresAt);
    const get = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
      made.uploads.handle(new Request(url, { headers, method }));
    return { ...made, body, plain, signed, get };
  }

  it('is signed or public, whole or a range', async () => {
    const { get, signed, plain, body, identity } = await world();
    const whole = await get(signed());
    expect(whole.status).toBe(200);
    expect(Buffer.from(await whole.arrayBuffer()).equals(body)).toBe(true);
    for (const [range, from, to] of [
      ['bytes=5-9', 5, 10],
      ['bytes=2000-', 2000, body.length],
      ['bytes=-7', body.length - 7, body.length],
      ['bytes=0-999999', 0, body.length],
    ] as const) {
      const part = await get(signed(), { range });
      expect(part.status).toBe(206);
      expect(part.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/${body.length}`);
      expect(Buffer.from(await part.arrayBuffer()).equals(body.subarray(from, to))).toBe(true);
    }
    expect((await get(signed(), { range: 'bytes=99999-' })).status).toBe(416);
    expect((await get(signed(), {}, 'HEAD')).headers.get('content-length')).toBe(String(body.length));
    expect((await get(plain)).status).toBe(403);
    expect((await get(signed(Date.now() - 1))).status).toBe(403);
    expect((await get(signed().replace('/file?', '/other?'))).status).toBe(403);
    expect((await get(signUrl(readUrl(identity.appId, 'none'), identity.apiKey, Date.now() + 5000))).status).toBe(404);
    expect(
      (await get(signUrl('http://storage.local/api/ut/..%2fsecrets', identity.apiKey, Date.now() + 5000))).status,
    ).toBe(404);
    const open = await world('public-read');
    expect((await open.get(open.plain)).status).toBe(200);
  });

  it('cannot become a page of the app', async () => {
    const { get, signed } = await world(undefined, 'evil"; filename=x.html\u2028é.json');
    const { headers } = await get(signed());
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
      'content-disposition': expect.stringMatching(
        /^attachment; filename="evil_; filename=x\.html__\.json"; filename\*=UTF-8''evil%22/,
      ),
    });
  });

  it('does not take an upload address, nor an upload a read address', async () => {
    const { get, signed, plain, uploads } = await world();
    const readAsUpload = signed().replace(plain, 'http://storage.local/api/ut/file');
    expect((await uploads.handle(new Request(readAsUpload, { method: 'PUT', body: 'x' }))).status).toBe(403);
    expect((await get(signed(), {}, 'DELETE')).status).toBe(405);
  });
});
