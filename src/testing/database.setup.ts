// Runs before each integration test file loads its modules. Files share a process, because loading packages (Prisma, zod,
// the OpenAI SDK) took as long as many a file's tests; all else is the file's own: src/env.ts sees a database that nobody
// else has, and our modules are loaded anew.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, vi } from 'vitest';
import { testDatabase } from './database';
import { endSharedState, newSharedState } from './shared-state';

vi.resetModules();
vi.unstubAllEnvs();
newSharedState();
process.env.DATABASE_URL = await testDatabase();
process.env.TUNELOOP_DATA_DIR = mkdtempSync(path.join(process.env.TUNELOOP_TEST_DIR ?? tmpdir(), 'data-'));
// Said first, so it runs after the file's own.
afterAll(endSharedState);
