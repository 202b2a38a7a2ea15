import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf, isAlive, waitForExit } from '../processes';
import { postgresBinaries } from './binaries';
import { livePostmaster, readPostmaster, stopPostmaster } from './postmaster';
import { type ServerUser, serverUser } from './server-user';

export interface ClusterOptions {
  /** Every folder above it must be open to the account Postgres runs as. Created when missing. */
  dataDir: string;
  /** Preferred TCP port on 127.0.0.1. Another free one is taken when it is busy; 0 or absent = any. */
  port?: number;
  password: string;
  /** Server settings, as in postgresql.conf. */
  settings?: Record<string, string>;
  logFile: string;
}

export interface Cluster {
  pid: number;
  port: number;
  /** True when a server left over from an earlier run was taken over instead of starting a new one. */
  adopted: boolean;
  /** Connection URL for one database of this server. */
  url(database: string): string;
  /** Resolves when the server process has ended, for whatever reason. */
  ended: Promise<void>;
  stop(timeoutMs?: number): Promise<void>;
}

const SUPERUSER = 'postgres';

/** A TCP port on 127.0.0.1 that nobody listens on at this moment. */
export async function freePort(preferred = 0): Promise<number> {
  const tryPort = (port: number) =>
    new Promise<number | null>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(null));
      probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
        const address = probe.address();
        probe.close(() => resolve(address && typeof address === 'object' ? address.port : null));
      });
    });
  const port = (preferred > 0 ? await tryPort(preferred) : null) ?? (await tryPort(0));
  if (port === null) throw new Error('No free TCP port on 127.0.0.1.');
  return port;
}

function tail(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').slice(-5).join('\n');
  } catch {
    return '';
  }
}

async function initialise(opts: ClusterOptions, user: ServerUser | null, initdb: string): Promise<void> {
  // initdb writes PG_VERSION early and a killed run leaves a torso that never starts: only our own marker means complete.
  const marker = path.join(opts.dataDir, 'tuneloop-initialised');
  if (existsSync(marker)) return;
  rmSync(opts.dataDir, { recursive: true, force: true });
  mkdirSync(opts.dataDir, { recursive: true, mode: 0o700 });
  if (user) chownSync(opts.dataDir, user.uid, user.gid);
  const passwordFile = path.join(tmpdir(), `tuneloop-${randomBytes(8).toString('hex')}`);
  writeFileSync(passwordFile, `${opts.password}\n`, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  try {
    // The built-in locale provider sorts and compares the same way on every operating system.
    const args = [
      `--pgdata=${opts.dataDir}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ];
    if (opts.settings?.fsync === 'off') args.push('--no-sync');
    await run(initdb, args, user);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeFileSync(marker, '', { mode: 0o600 });
  if (user) chownSync(marker, user.uid, user.gid);
}

function run(program: string, args: string[], user: ServerUser | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...identity(user), stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${path.basename(program)} failed: ${errors.trim()}`)),
    );
  });
}

const identity = (user: ServerUser | null) => ({
  cwd: tmpdir(),
  env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' },
  ...(user ? { uid: user.uid, gid: user.gid } : {}),
});

function launch(opts: ClusterOptions, user: ServerUser | null, postgres: string, port: number): ChildProcess {
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...opts.settings };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(opts.logFile, 'a', 0o600);
  try {
    // A process group of its own: Ctrl-C in the terminal must reach only us, so that we can stop things in order.
    return spawn(postgres, ['-D', opts.dataDir, '-p', String(port), ...flags], {
      ...identity(user),
      detached: true,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

/**
 * Postgres refuses to start while the process id in its lock file is alive, also when the number has long been given to
 * some other program (usual after a container restart). A lock of a dead process is left alone: Postgres uses it to make
 * sure that no backend of the old server is still writing.
 */
function dropForeignLock(dataDir: string): void {
  const lock = readPostmaster(dataDir);
  if (lock && isAlive(lock.pid) && !commandOf(lock.pid).includes('postgres')) {
    rmSync(path.join(dataDir, 'postmaster.pid'), { force: true });
  }
}

/** @returns true when it answers, false when the process ended instead */
async function becomesReady(child: ChildProcess, dataDir: string, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return false;
    const state = readPostmaster(dataDir);
    if (state?.pid === child.pid && state.ready) return true;
    await sleep(10);
  }
  child.kill('SIGQUIT');
  return false;
}

/**
 * Starts the Postgres of a data directory, creating it first if needed, or takes over the server that an earlier,
 * killed run left behind.
 *
 * @throws Error with the last lines of the server's log when it does not come up within 60 s
 */
export async function startCluster(opts: ClusterOptions): Promise<Cluster> {
  const user = serverUser();
  const binaries = postgresBinaries(user);
  const url = (port: number) => (database: string) =>
    `postgresql://${SUPERUSER}:${encodeURIComponent(opts.password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;

  const leftover = livePostmaster(opts.dataDir);
  if (leftover?.ready) {
    const { pid, port } = leftover;
    const stop = (timeoutMs = 4000) => stopPostmaster(pid, timeoutMs);
    const ended = waitForExit(pid, Number.POSITIVE_INFINITY, 500).then(() => undefined);
    return { pid, port, adopted: true, url: url(port), ended, stop };
  }
  if (leftover) await stopPostmaster(leftover.pid, 10_000);
  dropForeignLock(opts.dataDir);

  mkdirSync(path.dirname(opts.logFile), { recursive: true });
  await initialise(opts, user, binaries.initdb);
  // The backends of a killed server hold its shared memory for a moment: a refused start is tried again.
  for (let attempt = 1; attempt <= 8; attempt++) {
    const port = await freePort(opts.port);
    const child = launch(opts, user, binaries.postgres, port);
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    if (await Promise.race([becomesReady(child, opts.dataDir, 60_000), failed])) {
      const pid = child.pid ?? 0;
      child.unref();
      const stop = async (timeoutMs = 4000) => {
        if (child.exitCode === null && isAlive(pid)) await stopPostmaster(pid, timeoutMs);
      };
      return { pid, port, adopted: false, url: url(port), ended, stop };
    }
    await sleep(250 * attempt);
  }
  throw new Error(`Postgres did not start. Its log (${opts.logFile}) ends with:\n${tail(opts.logFile)}`);
}
