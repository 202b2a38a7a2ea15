import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StoragePort } from './storage-port';

async function* chunksOf(bytes: Buffer, step = 50_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const LINES = Buffer.from('{"messages":[{"role":"user","content":"grüße"}]}\n'.repeat(60_000));

/** What every storage promises, whatever keeps the bytes. `make` gives an empty one. */
export function describeStorage(name: string, make: () => Promise<StoragePort>): void {
  describe(`${name} keeps the storage contract`, () => {
    const stored = async () => {
      const storage = await make();
      const file = await storage.write({ name: 'train data.jsonl', body: chunksOf(LINES) });
      return { storage, file };
    };

    it('gives back what was written, and says how much that was', async () => {
      const { storage, file } = await stored();
      expect(file).toMatchObject({ name: 'train data.jsonl', bytes: LINES.length });
      expect(file.sha256).toBe(createHash('sha256').update(LINES).digest('hex'));
      expect(await storage.size(file.key)).toBe(LINES.length);
      expect((await collect(await storage.read(file.key))).equals(LINES)).toBe(true);
    });

    it.each([
      [0, 10],
      [7, undefined],
      [1000, 1001],
      [LINES.length - 5, LINES.length + 100],
      [20, 20],
      [LINES.length, undefined],
    ])('reads bytes %s to %s', async (start, end) => {
      const { storage, file } = await stored();
      const range = end === undefined ? { start } : { start, end };
      const bytes = await collect(await storage.read(file.key, range));
      expect(bytes.equals(LINES.subarray(start, end))).toBe(true);
    });

    it('tells where another process finds a file', async () => {
      const { storage, file } = await stored();
      const location = await storage.location(file.key);
      if ('path' in location) {
        expect(location.bytes).toBe(LINES.length);
        expect(readFileSync(location.path).equals(LINES)).toBe(true);
      } else expect(location.url).toMatch(/^https?:.*signature=hmac-sha256/);
    });

    it('does not know files that were removed or never there', async () => {
      const { storage, file } = await stored();
      await storage.remove([file.key, 'ownneverthere']);
      for (const key of [file.key, 'ownneverthere']) {
        await expect(storage.read(key)).rejects.toMatchObject({ reason: 'storage.not_found' });
        await expect(storage.size(key)).rejects.toMatchObject({ reason: 'storage.not_found' });
      }
    });

    it('refuses what is too large or not text, and passes on what the source threw', async () => {
      const storage = await make();
      const write = (body: AsyncIterable<Uint8Array>) => storage.write({ name: 'a.jsonl', body, maxBytes: 100_000 });
      await expect(write(chunksOf(LINES))).rejects.toMatchObject({ reason: 'storage.too_large' });
      const zip = Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(500)]);
      await expect(write(chunksOf(zip))).rejects.toMatchObject({ reason: 'storage.unreadable_content' });
      async function* failing() {
        yield Buffer.from('{"a":1}\n');
        throw Object.assign(new Error('the sender went away'), { name: 'Error' });
      }
      await expect(write(failing())).rejects.toThrow();
    });

    it('is healthy, and gives short-lived addresses for browsers', async () => {
      const { storage, file } = await stored();
      expect(await storage.health()).toMatchObject({ writable: true, freeBytes: expect.any(Number) });
      expect(await storage.signedReadUrl(file.key)).toMatch(/signature=hmac-sha256/);
    });
  });
}
