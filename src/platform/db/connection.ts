import pg from 'pg';

const CONNECT_MS = 20_000;

/** One connection outside the pool, for COPY from a program that has none. */
export type Connection = pg.Client;

/** Whoever opens it ends it; `end` closes it in the middle of a COPY too, and the server then rolls back. */
export async function openConnection(databaseUrl: string): Promise<Connection> {
  const connection = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_MS });
  // Said again by whatever statement runs; unheard, it would end the process.
  connection.on('error', () => undefined);
  await connection.connect();
  return connection;
}
