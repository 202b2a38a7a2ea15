import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** The migrated database every test database is a copy of. Nobody may stay connected to it. */
export const TEMPLATE_DATABASE = 'tuneloop_template';

/**
 * Admin URL of the Postgres server the tests run on (database `postgres`), started by the global setup.
 * For tests that want an empty database, or several, of their own.
 *
 * @throws Error outside an integration test (`*.int.test.ts`)
 */
export function testServerUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('No test database server. Tests that need Postgres are called *.int.test.ts.');
  return url;
}

/** The same server, another database. */
export function testDatabaseUrl(name: string): string {
  const url = new URL(testServerUrl());
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.toString();
}

async function admin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: testServerUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/**
 * Makes a fresh database: a copy of the migrated template, or an empty one. About 50 ms.
 *
 * @returns its URL. Nothing needs to be dropped: the server is thrown away after the run.
 */
export async function testDatabase(opts: { empty?: boolean; name?: string } = {}): Promise<string> {
  const name = opts.name ?? `test_${process.env.VITEST_POOL_ID ?? '0'}_${randomBytes(5).toString('hex')}`;
  const quoted = `"${name.replaceAll('"', '""')}"`;
  await admin(`CREATE DATABASE ${quoted}${opts.empty ? '' : ` TEMPLATE ${TEMPLATE_DATABASE}`}`);
  return testDatabaseUrl(name);
}
