import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

/** Imports run in a bundled program: made once, before the first test, when its sources have changed. */
export async function setup(): Promise<void> {
  const root = path.resolve(import.meta.dirname, '../..');
  await promisify(execFile)(process.execPath, ['scripts/build-processes.mjs'], { cwd: root });
}
