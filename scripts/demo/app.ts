import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeKey } from '../api-key/api-key';
import { waitForExit } from '../processes';
import { runningUrl } from '../start/run-file';
import { ExpectedError } from '../start/say';
import { readDataDir } from '../start/settings';
import { DemoClient } from './client';
import type { DemoOptions } from './options';
import type { Screen } from './screen';

const root = path.resolve(import.meta.dirname, '../..');
/** A first start builds the app; two minutes on a slow machine, and as much again to be sure. */
const START_TIMEOUT_MS = 300_000;

export interface DemoApp {
  client: DemoClient;
  /** Stops what this demo started; an installation that ran before keeps running. */
  stop(): Promise<void>;
}

/** Starts Tuneloop as a person would, and waits until its page works. */
async function start(dataDir: string, screen: Screen): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: { ...process.env, TUNELOOP_NO_BROWSER: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      for (const line of chunk.toString().split('\n')) if (/^ {2}[✓…!] /.test(line)) screen.line(`  ${line}`);
    });
  }
  const stop = async () => {
    if (child.exitCode !== null || !child.pid) return;
    child.kill('SIGTERM');
    await waitForExit(child.pid, 10_000);
  };
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; await sleep(200)) {
    if (child.exitCode !== null) throw new ExpectedError(`Tuneloop did not start:\n${printed.trim()}`);
    const url = runningUrl(dataDir);
    if (url) return { url, stop };
  }
  await stop();
  throw new ExpectedError(`Tuneloop did not start within ${START_TIMEOUT_MS / 1000} s:\n${printed.trim()}`);
}

/**
 * The installation to drive: the one named on the command line, the one that runs on the data folder, or a new one.
 *
 * @throws ExpectedError when it cannot be started, or no key can be made
 */
export async function findApp({ target }: DemoOptions, screen: Screen): Promise<DemoApp> {
  if (target) return { client: new DemoClient(target.url, target.key), stop: async () => {} };
  const dataDir = readDataDir(root);
  const running = runningUrl(dataDir);
  if (!running) screen.line('Tuneloop is not running; starting it for this demo');
  const { url, stop } = running ? { url: running, stop: async () => {} } : await start(dataDir, screen);
  try {
    const { key } = await makeKey(dataDir, { name: 'npm run demo', role: 'member' });
    return { client: new DemoClient(url, key), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
