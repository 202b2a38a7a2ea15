import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { EngineLogger } from './logger';

export interface Sql {
  query<T extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
}

/** Postgres is away, restarting, or two transactions met badly: worth another try. Everything else is a fault of ours. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && /^(08...|57P0[1-5]|40001|40P01|53300|55P03|25006|E[A-Z]{3,})$/.test(code))
    return true;
  if (error instanceof AggregateError && error.errors.some(isTransient)) return true;
  return /connection terminated|timeout exceeded|query read timeout|not queryable|connection error|connection ended/i.test(
    error.message,
  );
}

const statementNames = new Map<string, string>();

/** The same text gets the same prepared statement on every connection. */
function statementName(text: string): string {
  let name = statementNames.get(text);
  if (!name) {
    name = `engine_${statementNames.size}`;
    statementNames.set(text, name);
  }
  return name;
}

async function run<T extends pg.QueryResultRow>(client: pg.ClientBase, text: string, values?: unknown[]): Promise<T[]> {
  const result = values
    ? await client.query<T>({ name: statementName(text), text, values })
    : await client.query<T>(text);
  return result.rows;
}

export interface DatabaseOptions {
  connectionString?: string;
  pool?: pg.Pool;
  maxConnections: number;
  logger: EngineLogger;
}

const ignore = () => {};

/** Connections of the engine. A lost connection is an error of the query in progress, never of the process. */
export class Database implements Sql {
  private readonly pool: pg.Pool;
  private readonly owned: boolean;

  constructor(private readonly options: DatabaseOptions) {
    this.owned = options.pool === undefined;
    this.pool =
      options.pool ??
      new pg.Pool({
        connectionString: options.connectionString,
        max: options.maxConnections,
        connectionTimeoutMillis: 5000,
        query_timeout: 60_000,
        idleTimeoutMillis: 60_000,
        keepAlive: true,
        application_name: 'engine',
      });
    this.pool.on('error', this.onPoolError);
  }

  private readonly onPoolError = (error: Error) =>
    this.options.logger.warn({ err: error.message }, 'idle database connection lost');

  /** Takes one connection out of the pool for `work`; a connection that failed is thrown away. */
  private async withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    // A checked-out client without a listener turns a Postgres restart into an uncaught error.
    client.on('error', ignore);
    let failure: unknown;
    try {
      return await work(client);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      client.off('error', ignore);
      if (failure !== undefined && isTransient(failure)) client.release(true);
      else client.release();
    }
  }

  query<T extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]> {
    return this.withClient((client) => run<T>(client, text, values));
  }

  /** Read committed; rolled back when `work` throws. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    return this.withClient(async (client) => {
      await client.query('begin');
      try {
        const result = await work({ query: (text, values) => run(client, text, values) });
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch(ignore);
        throw error;
      }
    });
  }

  /**
   * A transaction that is repeated while Postgres restarts or after a deadlock. Only for work that is harmless when its
   * commit succeeded but the answer got lost.
   *
   * @param forMs give up after this long
   */
  async persist<T>(work: (tx: Sql) => Promise<T>, forMs = 20_000): Promise<T> {
    const deadline = Date.now() + forMs;
    for (let wait = 20; ; wait = Math.min(wait * 2, 500)) {
      try {
        return await this.transaction(work);
      } catch (error) {
        if (!isTransient(error) || Date.now() + wait > deadline) throw error;
        await sleep(wait * (0.5 + Math.random()));
      }
    }
  }

  /** A connection of its own, outside any pool: for session locks and LISTEN. */
  async session(): Promise<pg.Client> {
    const { connectionString, host, port, user, password, database, ssl } = this.pool.options;
    const client = new pg.Client({
      ...(connectionString ? { connectionString } : { host, port, user, password, database, ssl }),
      connectionTimeoutMillis: 5000,
      query_timeout: 15_000,
      keepAlive: true,
      application_name: 'engine session',
    } as pg.ClientConfig);
    client.on('error', ignore);
    try {
      await client.connect();
    } catch (error) {
      client.end().catch(ignore);
      throw error;
    }
    return client;
  }

  async close(): Promise<void> {
    this.pool.off('error', this.onPoolError);
    this.pool.on('error', ignore);
    if (this.owned) await this.pool.end().catch(ignore);
  }
}
