// Runs before each integration test file loads its modules, so that src/env.ts sees a database of the file's own.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase } from './database';

process.env.DATABASE_URL = await testDatabase();
process.env.TUNELOOP_DATA_DIR = mkdtempSync(path.join(process.env.TUNELOOP_TEST_DIR ?? tmpdir(), 'data-'));
