import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { createWorkspaceService, workspaceQueries, workspaceRepository } from '@/features/workspaces/server';
import { systemClock } from '@/lib/clock';
import { database, inTransaction } from '@/platform/db/database';
import { makeKey } from './api-key';

afterEach(() => vi.unstubAllEnvs());

const dataDir = () => mkdtempSync(path.join(process.env.TUNELOOP_TEST_DIR ?? '', 'nothing-'));

it('makes a key that opens the oldest workspace, or the one named', async () => {
  const first = await database().workspace.create({ data: { name: 'First', slug: 'first' } });
  const second = await database().workspace.create({ data: { name: 'Second', slug: 'second' } });
  const workspaces = createWorkspaceService({
    repo: workspaceRepository,
    queries: workspaceQueries,
    inTransaction,
    clock: systemClock,
  });
  const [one, two] = await Promise.all([
    makeKey(dataDir(), { name: 'one', role: 'viewer' }),
    makeKey(dataDir(), { name: 'two', role: 'admin', workspace: 'second' }),
  ]);
  expect(await workspaces.authenticateApiKey(one.key)).toMatchObject({ workspaceId: first.id, role: 'viewer' });
  expect(await workspaces.authenticateApiKey(two.key)).toMatchObject({ workspaceId: second.id, role: 'admin' });
  const unknown = makeKey(dataDir(), { name: 'three', role: 'viewer', workspace: 'third' });
  await expect(unknown).rejects.toThrow('The key could not be made: There is no workspace "third".');
});

it('says what to do when nothing runs', async () => {
  vi.stubEnv('DATABASE_URL', '');
  await expect(makeKey(dataDir(), { name: 'x', role: 'member' })).rejects.toThrow(/Nothing runs on .*npm start/);
});
