import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { commonFolder } from '../postgres/binaries';
import { type Cluster, startCluster } from '../postgres/cluster';
import { livePostmaster, stopPostmaster } from '../postgres/postmaster';
import { canEnter, serverUser } from '../postgres/server-user';
import { ExpectedError } from './say';
import { rememberPorts, type Secrets } from './secrets';
import type { Settings } from './settings';

export const DATABASE_NAME = 'tuneloop';

/**
 * Where the embedded server keeps its files: .data/postgres. When root runs us inside a private folder, the account
 * Postgres runs as cannot get in; the files then lie in a common place and .data/postgres is a link to them.
 */
async function clusterFolder(dataDir: string): Promise<string> {
  const folder = path.join(dataDir, 'postgres');
  const user = serverUser();
  if (!user || canEnter(dataDir, user)) return folder;
  const elsewhere = path.join(
    commonFolder(user),
    `data-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`,
  );
  const linked = lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() && readlinkSync(folder) === elsewhere;
  if (!linked) {
    // Whoever deleted .data wants to start afresh: what an earlier .data left outside goes too.
    const old = livePostmaster(elsewhere);
    if (old) await stopPostmaster(old.pid, 4000);
    rmSync(elsewhere, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
    symlinkSync(elsewhere, folder);
  }
  mkdirSync(elsewhere, { recursive: true, mode: 0o700 });
  return elsewhere;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export async function startDatabase(settings: Settings, secrets: Secrets): Promise<{ cluster: Cluster; url: string }> {
  const cluster = await startCluster({
    dataDir: await clusterFolder(settings.dataDir),
    password: secrets.postgresPassword,
    logFile: path.join(settings.logDir, 'postgres.log'),
    settings: { max_connections: '200', shared_buffers: '128MB' },
    ...(secrets.ports.postgres ? { port: secrets.ports.postgres } : {}),
  });
  try {
    await withClient(cluster.url('postgres'), async (client) => {
      const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE_NAME]);
      if (rowCount === 0) await client.query(`CREATE DATABASE "${DATABASE_NAME}"`);
    });
  } catch (cause) {
    await cluster.stop();
    if ((cause as { code?: string }).code !== '28P01') throw cause;
    throw new ExpectedError(
      `The database under ${settings.dataDir} has another password than ${settings.dataDir}/secrets.json. Restore that file from a backup, or delete the whole folder to start afresh.`,
      { cause },
    );
  }
  rememberPorts(settings.dataDir, secrets, { postgres: cluster.port });
  return { cluster, url: cluster.url(DATABASE_NAME) };
}

/** The schema lets Postgres make its ids with uuidv7(), which 18 brought. */
const OLDEST_SERVER = 18;

/** Looks at a server that we did not bring along. @throws ExpectedError when it is too old or cannot be reached */
export async function assertServerVersion(url: string): Promise<void> {
  let version: string;
  try {
    version = await withClient(
      url,
      async (client) => (await client.query('show server_version')).rows[0].server_version,
    );
  } catch (cause) {
    // 3D000: the database is still to be made, by `migrate deploy`.
    if ((cause as { code?: string }).code === '3D000') return;
    throw new ExpectedError(
      `DATABASE_URL leads to no usable Postgres (${(cause as Error).message || (cause as { code?: string }).code}). Correct it, or leave it out to use the embedded one.`,
      { cause },
    );
  }
  if (Number.parseInt(version, 10) >= OLDEST_SERVER) return;
  throw new ExpectedError(
    `The Postgres of DATABASE_URL is ${version}; Tuneloop needs ${OLDEST_SERVER} or newer. Upgrade it, or leave DATABASE_URL out to use the embedded one.`,
  );
}

/** The history in the database is exactly the folder's, finished, unchanged: the CLI (1.5 s) has nothing to do. */
async function isMigrated(root: string, url: string): Promise<boolean> {
  const folder = path.join(root, 'prisma/migrations');
  const wanted = readdirSync(folder)
    .filter((name) => existsSync(path.join(folder, name, 'migration.sql')))
    .map(
      (name) =>
        `${name} ${createHash('sha256')
          .update(readFileSync(path.join(folder, name, 'migration.sql')))
          .digest('hex')}`,
    );
  try {
    const { rows } = await withClient(url, (client) =>
      client.query<{ row: string }>(
        `select migration_name || ' ' || checksum as row from _prisma_migrations where finished_at is not null and rolled_back_at is null`,
      ),
    );
    return JSON.stringify(rows.map(({ row }) => row).sort()) === JSON.stringify(wanted.sort());
  } catch {
    return false;
  }
}

/** @returns whether there was anything to do */
export async function migrate(root: string, url: string): Promise<boolean> {
  if (await isMigrated(root, url)) return false;
  try {
    await promisify(execFile)(process.execPath, ['node_modules/prisma/build/index.js', 'migrate', 'deploy'], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: url, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    });
    return true;
  } catch (cause) {
    const { stdout, stderr } = cause as { stdout?: string; stderr?: string };
    throw new ExpectedError(
      `The database could not be migrated:\n${`${stdout ?? ''}${stderr ?? ''}`.trim()}\nIf a migration failed half-way, see: npx prisma migrate resolve --help`,
      { cause },
    );
  }
}

/** True while nobody has an account: the sample workspace is still to be made. */
export const isEmpty = (url: string): Promise<boolean> =>
  withClient(url, async (client) => (await client.query('select 1 from workspaces limit 1')).rowCount === 0);

/** E-mail of the first owner, to be named on the screen. */
export const ownerEmail = (url: string): Promise<string | null> =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ email: string }>(
      `select u.email from users u join memberships m on m.user_id = u.id where m.role = 'owner' order by m.created_at limit 1`,
    );
    return rows[0]?.email ?? null;
  });
