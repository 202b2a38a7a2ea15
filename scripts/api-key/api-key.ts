import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { runningDatabaseUrl } from '../start/running-database';
import { ExpectedError } from '../start/say';

export interface KeyRequest {
  name: string;
  role: string;
  /** Slug; left out = the oldest workspace. */
  workspace?: string;
}

export interface MadeKey {
  key: string;
  name: string;
  role: string;
  workspace: string;
}

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Makes an API key in the database of the installation on `dataDir`, without asking for a login: whoever can read the
 * data folder owns it.
 *
 * @throws ExpectedError when nothing runs there, or the database refuses
 */
export async function makeKey(dataDir: string, { name, role, workspace }: KeyRequest): Promise<MadeKey> {
  const script = path.join(import.meta.dirname, 'make-key.ts');
  const args = ['--import', 'tsx', '--conditions=react-server', script, name, role, workspace ?? ''];
  const env = { ...process.env, DATABASE_URL: runningDatabaseUrl(dataDir), TUNELOOP_DATA_DIR: dataDir };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env });
    return JSON.parse(stdout) as MadeKey;
  } catch (cause) {
    const { stderr, message } = cause as { stderr?: string; message: string };
    throw new ExpectedError(`The key could not be made: ${(stderr || message).trim()}`, { cause });
  }
}
