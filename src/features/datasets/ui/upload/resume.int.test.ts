import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { fileOf, LINES, uploadApp } from '@/testing/upload-app';
import { sendWithRetry } from './send-with-retry';

it('goes on at the last offset when connections are cut, with the retry loop of the page', async () => {
  const { uploader, proxy, store, imports } = await uploadApp({ cuts: [1_500_000, 1_500_000, 900_000] });
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
