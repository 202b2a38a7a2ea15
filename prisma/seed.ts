// Run by `npm start` on an empty database, and by `npm run db:seed`. Safe to repeat: a run that was cut off is completed.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { env } from '../src/env';
import { makePassword, workspaceRepository } from '../src/features/workspaces/server';
import { closeDatabase } from '../src/platform/db/database';
import { closePool } from '../src/platform/db/pool';
import { firstRun, type Sample } from '../src/server/first-run';

const OWNER = { email: process.env.TUNELOOP_OWNER_EMAIL || 'owner@tuneloop.local', name: 'Owner' };
const PASSWORD_FILE = path.join(env.TUNELOOP_DATA_DIR, 'owner-password.txt');
/** There from before the first write to the database until after the last one. */
const PENDING_FILE = path.join(env.TUNELOOP_DATA_DIR, 'first-run-pending');

const samples: Sample[] = [
  { name: 'Support tickets (sample)', file: 'support-tickets.jsonl' },
  { name: 'Dates and units (sample)', file: 'dates-and-units.jsonl' },
  { name: 'Brand voice (sample)', file: 'brand-voice.jsonl' },
].map(({ name, file }) => ({ name, file: path.join(import.meta.dirname, 'samples', file) }));

/** Kept on disk before the account exists: killed in between, the next run still knows the password it promised. */
function preparePassword(isResumed: boolean): string {
  if (isResumed && existsSync(PASSWORD_FILE)) return readFileSync(PASSWORD_FILE, 'utf8').trim();
  const password = makePassword();
  const partial = `${PASSWORD_FILE}.${process.pid}`;
  writeFileSync(partial, `${password}\n`, { mode: 0o600 });
  renameSync(partial, PASSWORD_FILE);
  return password;
}

const isResumed = existsSync(PENDING_FILE);
if (isResumed || (await workspaceRepository.findUserByEmail(OWNER.email)) === null) {
  const password = preparePassword(isResumed);
  writeFileSync(PENDING_FILE, '');
  await firstRun({ ...OWNER, password }, samples);
  rmSync(PENDING_FILE, { force: true });
}
await closePool();
await closeDatabase();
process.exit(0);
