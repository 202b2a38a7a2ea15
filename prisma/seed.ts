// Run by `npm start` on an empty database, and by `npm run db:seed`. Safe to repeat.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { env } from '../src/env';
import { closeDatabase } from '../src/platform/db/database';
import { closePool } from '../src/platform/db/pool';
import { firstRun, type Sample } from '../src/server/first-run';

const OWNER = { email: process.env.TUNELOOP_OWNER_EMAIL || 'owner@tuneloop.local', name: 'Owner' };

const samples: Sample[] = [
  { name: 'Support tickets (sample)', file: 'support-tickets.jsonl' },
  { name: 'Dates and units (sample)', file: 'dates-and-units.jsonl' },
  { name: 'Brand voice (sample)', file: 'brand-voice.jsonl' },
].map(({ name, file }) => ({ name, file: path.join(import.meta.dirname, 'samples', file) }));

const { password } = await firstRun(
  OWNER,
  samples.filter(({ file }) => existsSync(file)),
);
if (password) {
  const file = path.join(env.TUNELOOP_DATA_DIR, 'owner-password.txt');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
}
console.log(JSON.stringify({ email: OWNER.email, created: password !== null }));
await closePool();
await closeDatabase();
process.exit(0);
