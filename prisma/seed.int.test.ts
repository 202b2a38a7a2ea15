import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { verifyPassword } from '@/features/workspaces/server/password';
import { database } from '@/platform/db/database';

const dataDir = process.env.TUNELOOP_DATA_DIR ?? '';
const passwordFile = path.join(dataDir, 'owner-password.txt');
const pendingFile = path.join(dataDir, 'first-run-pending');

/** A process of its own, as `npm start` runs it. */
const seed = () =>
  promisify(execFile)(process.execPath, [
    ...['--import', 'tsx', '--conditions=react-server'],
    path.join(import.meta.dirname, 'seed.ts'),
  ]);

const counts = async () => ({
  users: await database().user.count(),
  workspaces: await database().workspace.count(),
  datasets: await database().dataset.count(),
});

it('makes a workspace to start in, once', { timeout: 120_000 }, async () => {
  await seed();
  expect(await counts()).toEqual({ users: 1, workspaces: 1, datasets: 3 });
  const password = readFileSync(passwordFile, 'utf8').trim();
  expect(statSync(passwordFile).mode & 0o777).toBe(0o600);
  expect(existsSync(pendingFile)).toBe(false);
  const owner = await database().user.findFirstOrThrow();
  expect(await verifyPassword(password, owner.passwordHash)).toBe(true);

  // Whoever deleted the samples and ran it again meant it.
  await database().dataset.deleteMany();
  await seed();
  expect(await counts()).toEqual({ users: 1, workspaces: 1, datasets: 0 });
  expect(readFileSync(passwordFile, 'utf8').trim()).toBe(password);

  // Killed in the middle: the password promised before stays, what is missing comes.
  writeFileSync(pendingFile, '');
  await seed();
  expect(await counts()).toEqual({ users: 1, workspaces: 1, datasets: 3 });
  expect(readFileSync(passwordFile, 'utf8').trim()).toBe(password);
});
