import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { startCluster } from '../../scripts/postgres/cluster';
import { livePostmaster, stopPostmaster } from '../../scripts/postgres/postmaster';
import { isAlive } from '../../scripts/processes';
import { TEMPLATE_DATABASE } from './database';

const PREFIX = 'tuneloop-test-';
const root = path.resolve(import.meta.dirname, '../..');

/** Stops and deletes what a killed test run left in the temporary folder. */
async function sweepCrashedRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : Number.NaN;
    if (!Number.isInteger(owner) || isAlive(owner)) continue;
    const folder = path.join(tmpdir(), name);
    const server = livePostmaster(path.join(folder, 'postgres'));
    if (server) await stopPostmaster(server.pid, 2000);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function migrateTemplate(url: (database: string) => string): Promise<void> {
  const client = new pg.Client({ connectionString: url('postgres') });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`);
  await client.end();
  if (!existsSync(path.join(root, 'prisma/migrations'))) return;
  const prisma = path.join(root, 'node_modules/prisma/build/index.js');
  await promisify(execFile)(process.execPath, [prisma, 'migrate', 'deploy'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: url(TEMPLATE_DATABASE), PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  });
}

/** One throwaway Postgres for the whole run: an embedded one, or the server that TEST_DATABASE_URL names. */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env.TEST_DATABASE_URL) {
    await migrateTemplate((database) => {
      const url = new URL(process.env.TEST_DATABASE_URL ?? '');
      url.pathname = `/${database}`;
      return url.toString();
    });
    return async () => {};
  }
  await sweepCrashedRuns();
  const folder = path.join(tmpdir(), `${PREFIX}${process.pid}`);
  mkdirSync(folder);
  chmodSync(folder, 0o755); // whatever the umask says: the account Postgres runs as has to get in
  const cluster = await startCluster({
    dataDir: path.join(folder, 'postgres'),
    password: 'test',
    logFile: path.join(folder, 'postgres.log'),
    // Nothing here outlives the run, so durability is traded for speed. Crash tests start a cluster of their own.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  });
  process.env.TEST_DATABASE_URL = cluster.url('postgres');
  process.env.TUNELOOP_TEST_DIR = folder;
  const teardown = async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await migrateTemplate(cluster.url);
  } catch (error) {
    await teardown();
    throw error;
  }
  return teardown;
}
