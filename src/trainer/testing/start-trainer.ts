import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import OpenAI from 'openai';
import { readJson } from '../files/atomic-file';

/** A trainer server in a process of its own, as in production. */
export interface RunningTrainer {
  readonly process: ChildProcess;
  readonly folder: string;
  readonly url: string;
  readonly client: OpenAI;
  /** What it has written to its log so far. */
  readonly log: () => string;
  /** Ends it with a signal and waits for its end; returns the exit code. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
}

/** A new empty folder for a trainer's data. */
export function dataFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'trainer-test-'));
}

// Inside node_modules, so that the bundles find the packages they leave outside; one folder per process, because test
// files run at the same time and a server must not start from a file that another is writing.
const BUNDLES = path.resolve('node_modules/.cache/trainer-test', String(process.pid));
process.on('exit', () => fs.rmSync(BUNDLES, { recursive: true, force: true }));

/** Bundles the trainer as it runs in production: it starts in a fraction of the time that sources take. */
export async function bundleTrainer(): Promise<void> {
  await build({
    entryPoints: ['server', 'train-job', 'generate-worker'].map((name) => `src/trainer/${name}.ts`),
    outdir: BUNDLES,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
}

/** Starts a bundled server on a free port and waits until it listens. */
export async function startTrainer(folder: string, environment: Record<string, string> = {}): Promise<RunningTrainer> {
  const { child, log } = spawnTrainer(folder, environment);
  for (let waited = 0; waited < 20_000; waited += 50) {
    const lock = readJson(path.join(folder, 'trainer.pid.json')) as { pid: number; url?: string } | undefined;
    if (lock?.url && lock.pid === child.pid) {
      const client = new OpenAI({ baseURL: lock.url, apiKey: environment.TRAINER_API_KEY ?? 'none', maxRetries: 0 });
      const end = async (signal: NodeJS.Signals) => {
        const over = once(child, 'close');
        child.kill(signal);
        const [code] = (await over) as [number | null];
        return code;
      };
      return { process: child, folder, url: lock.url, client, log, end };
    }
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`The trainer did not start: ${log()}`);
}

/** Starts a server that may well end at once. */
export function spawnTrainer(folder: string, environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [path.join(BUNDLES, 'server.mjs')], {
    env: { ...process.env, TRAINER_PORT: '0', TRAINER_DATA_DIR: folder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  return { child, log: () => output };
}

/** Calls `look` until it returns something, at most for `timeoutMs`. */
export async function until<T>(look: () => Promise<T | undefined>, timeoutMs = 100_000): Promise<T> {
  const start = Date.now();
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() - start > timeoutMs) throw new Error('Waited in vain.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
