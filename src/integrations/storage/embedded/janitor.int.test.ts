import { readFile, utimes } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { testUploads } from '@/testing/embedded-uploads';
import { signedUpload } from '@/testing/signed-upload';
import { removeLeftovers } from './janitor';

const HOUR = 3600 * 1000;
const LINES = Buffer.from('{"a":1}\n'.repeat(1000));

it('deletes what abandoned uploads left for a day, and nothing of a file or of an upload that still moves', async () => {
  const { store, uploads, identity, storage } = await testUploads();
  const now = Date.now();
  const send = (key: string, bytes: Buffer) =>
    uploads.handle(
      new Request(signedUpload(identity.apiKey, { key, size: LINES.length }), {
        method: 'PUT',
        body: new Uint8Array(bytes),
      }),
    );
  await send('complete', LINES);
  for (const key of ['abandoned', 'moving']) {
    await send(key, LINES.subarray(0, 3000));
    await store.announce(key, { slug: 'dataset', customId: null, metadata: {} });
  }
  await store.announce('never-begun', { slug: 'dataset', customId: null, metadata: {} });
  const old = new Date(now - 25 * HOUR);
  for (const file of await store.files()) await utimes(file, old, old);
  const part = store.path('moving', 'part');
  await utimes(part, new Date(now), new Date(now));
  await utimes(store.path('moving', 'announced.json'), new Date(now), new Date(now));

  expect(await removeLeftovers(store, now)).toBeGreaterThanOrEqual(3);
  expect(await store.partSize('abandoned')).toBe(0);
  expect(await store.announcement('never-begun')).toBeNull();
  expect((await readFile(part)).length).toBe(3000);
  expect(await store.announcement('moving')).not.toBeNull();
  expect(await storage.size('complete')).toBe(LINES.length);
  expect((await readFile(store.path('complete', 'data'))).equals(LINES)).toBe(true);
  expect(await removeLeftovers(store, now)).toBe(0);
});
