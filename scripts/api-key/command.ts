import path from 'node:path';
import { runningUrl } from '../start/run-file';
import { say } from '../start/say';
import { readDataDir } from '../start/settings';
import { makeKey } from './api-key';
import { readKeyOptions, USAGE } from './options';

/** @param args command line after `npm run api-key --` */
export async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) return say(USAGE);
  const request = readKeyOptions(args);
  const dataDir = readDataDir(path.resolve(import.meta.dirname, '../..'));
  const made = await makeKey(dataDir, request);
  const url = runningUrl(dataDir) ?? process.env.NEXTAUTH_URL ?? 'http://127.0.0.1:3000';
  say(`${made.key}

  "${made.name}", role ${made.role}, workspace "${made.workspace}". It is shown this once: only a hash of it is kept.
  Try it: curl -H "Authorization: Bearer ${made.key}" ${url}/api/fine-tuning/datasets`);
}
