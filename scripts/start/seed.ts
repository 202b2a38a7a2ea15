import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ExpectedError } from './say';

/** Written by the seed, mode 0600. */
export const passwordFile = (dataDir: string): string => path.join(dataDir, 'owner-password.txt');

/** Fills an empty database: workspace, owner, built-in connection, sample datasets. @throws ExpectedError */
export async function seed(root: string, env: NodeJS.ProcessEnv): Promise<void> {
  const script = path.join(root, 'prisma/seed.ts');
  if (!existsSync(script)) return;
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=react-server', script], { cwd: root, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new ExpectedError(`The first workspace could not be made:\n${output.trim()}`);
}

/** True while a first run was begun and not completed: killed in the middle, it goes on at the next start. */
export const isSeedPending = (dataDir: string): boolean => existsSync(path.join(dataDir, 'first-run-pending'));

export function readPassword(dataDir: string): string | null {
  const file = passwordFile(dataDir);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}
