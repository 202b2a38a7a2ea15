import type pg from 'pg';
import type { Database, Sql } from './database';
import { type EngineLogger, errorText } from './logger';

export interface SessionOptions {
  database: Database;
  s: string;
  channel: string;
  /** Notifications with this payload are our own: this process already knows. */
  sender: string;
  lockClass: number;
  logger: EngineLogger;
  /** Runs on every new connection, before work goes on: schema, adoption of claims. */
  prepare: (worker: number, sql: Sql) => Promise<void>;
  onWake: () => void;
}

const ignore = () => {};
const RETRY_MS = [100, 300, 1000, 2000];

/**
 * The connection that proves this process alive: it holds the advisory lock (class, worker number) and listens for
 * new work. When it ends, for whatever reason, Postgres frees the lock and others may take the worker's claims.
 */
export class WorkerSession {
  private client: pg.Client | null = null;
  private number: number | null = null;
  private since = 0;
  private stopped = true;
  private failures = 0;
  private retry: NodeJS.Timeout | undefined;
  lastError: string | null = null;

  constructor(private readonly options: SessionOptions) {}

  /** Null while there is no connection: then nothing may be claimed. */
  get worker(): number | null {
    return this.number;
  }

  /** Milliseconds since the current connection began; 0 without one. */
  get ageMs(): number {
    return this.number === null ? 0 : Date.now() - this.since;
  }

  /** Connects, and again whenever the connection is lost. Resolves after the first attempt, successful or not. */
  async start(): Promise<void> {
    this.stopped = false;
    await this.connect();
  }

  private async connect(): Promise<void> {
    try {
      await this.open();
      this.failures = 0;
      this.lastError = null;
      this.options.onWake();
    } catch (error) {
      this.lastError = errorText(error);
      this.options.logger.warn({ err: this.lastError }, 'the engine cannot reach its database; it keeps trying');
      this.drop(this.client);
      this.again();
    }
  }

  private again(): void {
    if (this.stopped) return;
    clearTimeout(this.retry);
    const delay = RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)] ?? 1000;
    this.retry = setTimeout(() => void this.connect(), delay * (0.75 + Math.random() / 2));
  }

  private async open(): Promise<void> {
    const { database, s, channel, sender, lockClass, prepare, onWake } = this.options;
    const client = await database.session();
    this.client = client;
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', (message) => {
      if (message.payload !== sender) onWake();
    });
    const sql: Sql = { query: async (text, values) => (await client.query(text, values)).rows };
    // A host that vanished without a word is noticed by Postgres after about 11 s.
    await client.query('set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3');
    await prepare(-1, sql);
    const [row] = await sql.query<{ n: number }>(`select nextval('${s}.worker_numbers')::int as n`);
    const number = row?.n ?? 0;
    await client.query('select pg_advisory_lock($1, $2)', [lockClass, number]);
    await client.query(`listen "${channel}"`);
    await prepare(number, sql);
    if (this.stopped || this.client !== client) throw new Error('The database connection ended while it was set up.');
    this.number = number;
    this.since = Date.now();
  }

  private drop(client: pg.Client | null): void {
    if (client === this.client) {
      this.client = null;
      this.number = null;
    }
    client?.end().catch(ignore);
  }

  private lost(client: pg.Client): void {
    if (client !== this.client) return;
    const wasReady = this.number !== null;
    this.drop(client);
    if (!wasReady || this.stopped) return; // connect() itself reports a failure while connecting
    this.options.logger.warn({}, 'the engine lost its database session; reconnecting');
    this.again();
  }

  /** Runs `work` on the session itself, which also proves that the session lives; a failure means reconnecting. */
  async use(work: (sql: Sql) => Promise<void>): Promise<void> {
    const client = this.client;
    if (!client || this.number === null) return;
    try {
      await work({ query: async (text, values) => (await client.query(text, values)).rows });
    } catch (error) {
      this.lastError = errorText(error);
      this.lost(client);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    const client = this.client;
    this.client = null;
    this.number = null;
    await client?.end().catch(ignore);
  }
}
