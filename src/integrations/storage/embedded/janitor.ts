import { rm, stat } from 'node:fs/promises';
import type { FileStore } from './file-store';

const KEEP_MS = 24 * 3600 * 1000;
const UNFINISHED = /\.(part|writer|draft|announced\.json|data)$/;

/**
 * Deletes what unfinished uploads left behind: untouched for 24 hours, and no record of a complete file beside it. Safe to run in
 * several processes at once. Returns how many files went.
 */
export async function removeLeftovers(store: FileStore, now: number): Promise<number> {
  const files = await store.files();
  const complete = new Set(files.filter((file) => file.endsWith('.record.json')).map(stem));
  let removed = 0;
  for (const file of files) {
    if (!UNFINISHED.test(file)) continue;
    if (complete.has(stem(file)) && !file.endsWith('.draft')) continue;
    const found = await stat(file).catch(() => null);
    if (!found || now - found.mtimeMs < KEEP_MS) continue;
    await rm(file, { force: true });
    removed++;
  }
  return removed;
}

const stem = (file: string): string => /^.*[0-9a-f]{64}/.exec(file)?.[0] ?? file;
