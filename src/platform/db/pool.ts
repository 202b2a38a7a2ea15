import pg from 'pg';
import { env } from '@/env';
import { logger } from '@/platform/logger/logger';
import { processState } from '@/platform/process/process-state';

/** For a program of ours that opens a connection itself. */
export const databaseUrl = (): string => env.DATABASE_URL;

const shared = processState<{ pool?: pg.Pool }>();

/** Raw connections for what Prisma cannot do: COPY, cursors, advisory locks. */
export function pgPool(): pg.Pool {
  if (!shared.pool) {
    const pool = new pg.Pool({ connectionString: env.DATABASE_URL, max: 8, connectionTimeoutMillis: 20_000 });
    // An idle client whose server goes away emits an error; unheard, it would end the whole process.
    pool.on('error', (error) => logger.warn({ err: error.message }, 'idle database connection lost'));
    pool.on('connect', (connection) => {
      connection.on('error', (error) => logger.warn({ err: error.message }, 'database connection lost'));
    });
    shared.pool = pool;
  }
  return shared.pool;
}

export async function closePool(): Promise<void> {
  await shared.pool?.end();
  delete shared.pool;
}
