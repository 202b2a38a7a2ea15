import { readFileSync } from 'node:fs';
import path from 'node:path';
import { livePostmaster } from '../postgres/postmaster';
import { DATABASE_NAME } from './database';
import { ExpectedError } from './say';
import type { Secrets } from './secrets';

/**
 * Address of the database an installation works on: DATABASE_URL, else the embedded server of the data folder.
 *
 * @throws ExpectedError when there is neither, or when this account may not read the folder's secrets
 */
export function runningDatabaseUrl(dataDir: string): string {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const server = livePostmaster(path.join(dataDir, 'postgres'));
  if (!server?.ready) {
    throw new ExpectedError(
      `Nothing runs on ${dataDir}. Start Tuneloop first (npm start), or name its folder in TUNELOOP_DATA_DIR or its database in DATABASE_URL.`,
    );
  }
  const file = path.join(dataDir, 'secrets.json');
  let password: string;
  try {
    password = (JSON.parse(readFileSync(file, 'utf8')) as Secrets).postgresPassword;
  } catch (cause) {
    throw new ExpectedError(`${file} cannot be read by this account. Use the account that runs npm start.`, { cause });
  }
  return `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${server.port}/${DATABASE_NAME}`;
}
