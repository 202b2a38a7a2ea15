import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { testUploads } from '@/testing/embedded-uploads';
import { signedUpload } from '@/testing/signed-upload';
import { STORAGE_ORIGIN } from './address';

const LINES = Buffer.from('{"messages":[{"role":"user","content":"hi"}]}\n'.repeat(400_000));
const MD5 = createHash('md5').update(LINES).digest('hex');
const PROGRAM = path.resolve(import.meta.dirname, '../../../testing/storage-process.ts');

async function storageProcess(dir: string, secret: string): Promise<{ child: ChildProcess; origin: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, dir, secret], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [port] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { child, origin: `http://127.0.0.1:${port.toString().trim()}` };
}

/** Sends the rest of the file from where the storage stands, at most `bytesPerMs`. */
async function send(origin: string, url: string, pace: { bytesPerMs?: number } = {}) {
  const address = url.replace(STORAGE_ORIGIN, origin);
  const head = await fetch(address, { method: 'HEAD' });
  const start = Number(head.headers.get('x-ut-range-start'));
  const request = http.request(address, { method: 'PUT', headers: { range: `bytes=${start}-` }, agent: false });
  const answered = new Promise<{ status: number; body: string } | null>((resolve) => {
    request.on('error', () => resolve(null));
    request.on('response', async (response) => {
      let body = '';
      for await (const chunk of response) body += String(chunk);
      resolve({ status: response.statusCode ?? 0, body });
    });
  });
  const pump = async (): Promise<void> => {
    const step = 64 * 1024;
    for (let at = start; at < LINES.length && !request.destroyed; at += step) {
      request.write(LINES.subarray(at, at + step));
      if (pace.bytesPerMs) await new Promise((resolve) => setTimeout(resolve, step / (pace.bytesPerMs ?? 1)));
    }
    request.end();
  };
  void pump();
  return { start, answered };
}

const waitUntil = async (reached: () => Promise<boolean>): Promise<void> => {
  while (!(await reached())) await new Promise((resolve) => setTimeout(resolve, 10));
};

it('goes on with the bytes of a process that was killed in the middle', { timeout: 30_000 }, async () => {
  const secret = randomBytes(32).toString('hex');
  const { dir, store, identity } = await testUploads({ secret });
  const url = signedUpload(identity.apiKey, { key: 'killed', size: LINES.length });
  const first = await storageProcess(dir, secret);
  const { answered } = await send(first.origin, url, { bytesPerMs: 20_000 });
  await waitUntil(async () => (await store.partSize('killed')) > 4_000_000);
  first.child.kill('SIGKILL');
  expect(await answered).toBeNull();
  const kept = await store.partSize('killed');
  expect(kept).toBeLessThan(LINES.length);

  const second = await storageProcess(dir, secret);
  const resumed = await send(second.origin, url);
  expect(resumed.start).toBe(kept);
  const answer = await resumed.answered;
  expect(answer).toMatchObject({ status: 200, body: expect.stringContaining(MD5) });
  expect((await readFile(store.path('killed', 'data'))).equals(LINES)).toBe(true);
});

it('lets two processes share a folder: the newer writer wins, and a complete file is everybody’s at once', {
  timeout: 30_000,
}, async () => {
  const secret = randomBytes(32).toString('hex');
  const { dir, store, identity, storage } = await testUploads({ secret });
  const url = signedUpload(identity.apiKey, { key: 'shared', size: LINES.length });
  const [one, two] = await Promise.all([storageProcess(dir, secret), storageProcess(dir, secret)]);
  const slow = await send(one.origin, url, { bytesPerMs: 4_000 });
  await waitUntil(async () => (await store.partSize('shared')) > 3_000_000);
  const fast = await send(two.origin, url);
  expect(fast.start).toBeGreaterThan(3_000_000);
  expect(await fast.answered).toMatchObject({ status: 200, body: expect.stringContaining(MD5) });
  expect(await storage.size('shared')).toBe(LINES.length);
  expect((await readFile(store.path('shared', 'data'))).equals(LINES)).toBe(true);
  const replaced = await slow.answered;
  expect(replaced === null || replaced.status === 409).toBe(true);
  expect((await readFile(store.path('shared', 'data'))).equals(LINES)).toBe(true);
});
