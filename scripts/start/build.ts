import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { halt } from './halt';
import { ExpectedError } from './say';

const SOURCES = [
  'src',
  'public',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'next.config.mjs',
  'postcss.config.mjs',
  'tailwind.config.ts',
  'scripts/build-processes.mjs',
];
const STAMP = '.next/tuneloop-build.txt';

function* filesBelow(entry: string): Generator<string> {
  const stat = statSync(entry, { throwIfNoEntry: false });
  if (!stat) return;
  if (stat.isFile()) yield entry;
  else if (stat.isDirectory()) for (const name of readdirSync(entry).sort()) yield* filesBelow(path.join(entry, name));
}

/** Fingerprint of everything the production build is made from. About 50 ms for some hundred files. */
export function sourceFingerprint(root: string): string {
  const hash = createHash('sha256').update(process.version);
  for (const source of SOURCES) {
    for (const file of filesBelow(path.join(root, source))) {
      if (/\.test\.tsx?$/.test(file) || file.endsWith('fingerprint.txt')) continue;
      hash.update(`\0${path.relative(root, file)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

export function isBuilt(root: string): boolean {
  const stamp = path.join(root, STAMP);
  if (!existsSync(stamp) || !existsSync(path.join(root, '.next/BUILD_ID'))) return false;
  if (!existsSync(path.join(root, 'dist/inputs.json'))) return false;
  return readFileSync(stamp, 'utf8') === sourceFingerprint(root);
}

function run(root: string, logFile: string, args: string[], opts: { append?: boolean } = {}): Promise<void> {
  const log = openSync(logFile, opts.append ? 'a' : 'w', 0o600);
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', log, log],
    signal: halt.signal,
  });
  closeSync(log);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) return resolve();
      const tail = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-25).join('\n');
      reject(new ExpectedError(`The build failed (whole log: ${logFile}):\n${tail}`));
    });
  });
}

/** Bundles the side processes; small, and skips itself when nothing changed. */
export const buildProcesses = (root: string, logDir: string): Promise<void> =>
  run(root, path.join(logDir, 'build.log'), ['scripts/build-processes.mjs']);

/** Production build of the web app and the side processes. */
export async function build(root: string, logDir: string): Promise<void> {
  // Taken before the build: a file edited meanwhile leads to another build, not to a stale one.
  const fingerprint = sourceFingerprint(root);
  await buildProcesses(root, logDir);
  await run(root, path.join(logDir, 'build.log'), ['node_modules/next/dist/bin/next', 'build'], { append: true });
  writeFileSync(path.join(root, STAMP), fingerprint);
}
