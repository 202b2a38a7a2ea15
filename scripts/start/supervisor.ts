// Brings every part up, keeps it up, and takes everything down in order. Called by scripts/start.mjs.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../postgres/cluster';
import { build, buildProcesses, isBuilt } from './build';
import { assertServerVersion, isEmpty, migrate, ownerEmail, startDatabase } from './database';
import { halt } from './halt';
import { type Surroundings, startInngest, startTrainer, startWeb } from './parts';
import type { Program } from './program';
import { untilAnswers } from './readiness';
import { RunFile } from './run-file';
import { say, secondsSinceStart, step } from './say';
import { loadSecrets } from './secrets';
import { isSeedPending, passwordFile, readPassword, seed } from './seed';
import { readSettings, type Settings } from './settings';
import { reachableHost, webPort } from './web-port';

const root = path.resolve(import.meta.dirname, '../..');

/** What runs, in the order in which it is stopped. */
interface Running {
  web?: Program;
  helpers: Program[];
  cluster?: Cluster;
}

const running: Running = { helpers: [] };
let starting: Promise<void> = Promise.resolve();

/** Web first (no new work), then trainer and Inngest (they keep their state), Postgres last. Under 5 s in all. */
async function stopAll(): Promise<void> {
  // A start under way notices the halt at its next step; what it began until then is ours to stop.
  await Promise.race([starting.catch(() => {}), sleep(2500)]);
  await running.web?.stop(2000);
  await Promise.all(running.helpers.map((program) => program.stop(1200)));
  await running.cluster?.stop(1200);
}

function stopOnSignals(run: RunFile): void {
  const onSignal = (name: NodeJS.Signals) => {
    if (halt.signal.aborted) {
      say('\nKilling what still runs.');
      for (const program of [running.web, ...running.helpers]) program?.kill();
      run.release();
      process.exit(1);
    }
    const begun = Date.now();
    say(`\nStopping (${name}); once more to kill.`);
    halt.abort();
    void stopAll().finally(() => {
      run.release();
      say(`Stopped in ${((Date.now() - begun) / 1000).toFixed(1)} s.`);
      process.exit(0);
    });
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
}

/** Starts the database server again when it dies: same port, so that everybody's connections find it. */
function guardCluster(cluster: Cluster, restart: () => Promise<Cluster>): void {
  running.cluster = cluster;
  void cluster.ended.then(() => restartCluster(restart, 1));
}

async function restartCluster(restart: () => Promise<Cluster>, attempt: number): Promise<void> {
  if (halt.signal.aborted) return;
  say('  ! postgres ended; starting it again');
  try {
    const cluster = await restart();
    guardCluster(cluster, restart);
    // Asked to stop in the meantime: whoever stops has not seen this server.
    if (halt.signal.aborted) await cluster.stop(1200);
  } catch (error) {
    say(`  ! ${(error as Error).message}`);
    await sleep(Math.min(30_000, 1000 * 2 ** attempt), undefined, { signal: halt.signal }).catch(() => {});
    await restartCluster(restart, attempt + 1);
  }
}

async function databaseUrl(around: Surroundings): Promise<string> {
  const { settings, secrets } = around;
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  return step('Postgres', async () => {
    const { cluster, url } = await startDatabase(settings, secrets);
    guardCluster(cluster, async () => (await startDatabase(settings, secrets)).cluster);
    return url;
  });
}

async function bringUpData(around: Surroundings): Promise<void> {
  const { settings, env } = around;
  env.DATABASE_URL = await databaseUrl(around);
  const url = env.DATABASE_URL;
  if (process.env.DATABASE_URL) await assertServerVersion(url);
  const begun = Date.now();
  if (await migrate(settings.root, url)) say(`  ✓ migrations applied (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
}

async function bringUpCode({ root: folder, logDir, dev }: Settings): Promise<void> {
  if (dev) return buildProcesses(folder, logDir);
  if (isBuilt(folder)) return;
  say('  … building the app (half a minute; only when sources changed)');
  await step('build', () => build(folder, logDir));
}

function openInBrowser(url: string): void {
  const command = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open';
  spawn(command, [url], { stdio: 'ignore', detached: true }).on('error', () => {});
}

async function announce(
  around: Surroundings,
  url: string,
  opts: { firstStart: boolean; dashboard: string | null },
): Promise<void> {
  const { settings, env } = around;
  const email = env.DATABASE_URL ? await ownerEmail(env.DATABASE_URL) : null;
  const password = opts.firstStart ? readPassword(settings.dataDir) : null;
  const login = password
    ? `${password}   (shown once; kept in ${passwordFile(settings.dataDir)})`
    : `in ${passwordFile(settings.dataDir)}`;
  say(`
  Tuneloop runs: ${url}   (up in ${secondsSinceStart()} s)
    sign in   ${email ?? 'no account yet'}
    password  ${login}
    data      ${settings.dataDir}   (logs in logs/)
    durable   ${opts.dashboard ? `Inngest, dashboard at ${opts.dashboard}` : `embedded engine, runs at ${url}/dashboard/ops`}
    stop      Ctrl-C
`);
}

/** @param args command line after `npm start --`: `--dev` serves from source with hot reload */
export async function main(args: readonly string[]): Promise<void> {
  const settings = readSettings(root, args);
  const run = await RunFile.claim(settings.dataDir);
  stopOnSignals(run);
  starting = up(settings, run);
  try {
    await starting;
  } catch (error) {
    if (halt.signal.aborted) return; // the signal handler is busy stopping, and ends the process
    halt.abort(); // from here on, a part that ends is not to be started again
    await stopAll();
    run.release();
    throw error;
  }
}

async function up(settings: Settings, run: RunFile): Promise<void> {
  const secrets = loadSecrets(settings.dataDir);
  const port = await webPort(settings);
  if (settings.port === null && port !== 3000)
    say(`  Port 3000 is in use; taking ${port}. Set PORT to choose another.`);
  const local = `http://${reachableHost(settings.host)}:${port}`;
  const url = process.env.NEXTAUTH_URL ?? local;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET ?? secrets.nextAuthSecret,
    TUNELOOP_SECRET: process.env.TUNELOOP_SECRET ?? secrets.tuneloopSecret,
    TUNELOOP_DATA_DIR: settings.dataDir,
    NEXT_TELEMETRY_DISABLED: '1',
  };
  const around: Surroundings = { settings, secrets, run, env };

  // Database and build do not need each other. If one fails, let the other finish before everything is stopped.
  const both = await Promise.allSettled([bringUpData(around), bringUpCode(settings)]);
  for (const result of both) if (result.status === 'rejected') throw result.reason;

  halt.signal.throwIfAborted();
  const trainer = process.env.TRAINER_URL ? null : await startTrainer(around);
  if (trainer) running.helpers.push(trainer);
  const firstStart = isSeedPending(settings.dataDir) || (await isEmpty(env.DATABASE_URL ?? ''));
  if (firstStart) await step('first workspace with sample data', () => seed(settings.root, env));
  halt.signal.throwIfAborted();
  const inngest = await startInngest(around, local);
  if (inngest) running.helpers.push(inngest.server);
  running.web = startWeb(around, port);
  await untilAnswers(running.web, 'The web app', `${local}/api/health`, { timeoutMs: 90_000 });
  if (trainer) {
    const headers = { authorization: `Bearer ${secrets.trainerKey}` };
    await untilAnswers(trainer, 'The trainer', `${env.TRAINER_URL}/models`, { timeoutMs: 30_000, headers });
  }
  run.setUrl(url);
  await announce(around, url, { firstStart, dashboard: inngest?.url ?? null });
  if (settings.openBrowser) openInBrowser(url);
}
