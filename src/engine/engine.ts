import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Page } from '@/lib/keyset';
import type { Core } from './core';
import { CronScheduler } from './cron.scheduler';
import { Database, isTransient } from './database';
import { Dispatcher } from './dispatcher';
import { eventAnswer, readEvents } from './endpoint';
import { takeIn } from './event.intake';
import { compileFunctions, type EngineFunction, UnsupportedFunctionError } from './function-registry';
import { lockNumber } from './ids';
import {
  type EngineStats,
  getRun,
  listRuns,
  type RunDetails,
  type RunFilter,
  type RunSummary,
  stats,
  type Viewer,
} from './inspect';
import { startJanitor } from './janitor';
import { type EngineLogger, errorText, silentLogger } from './logger';
import { migrate, quoteSchema } from './migrate';
import { QueueStore } from './queue.store';
import { endRun } from './run.lifecycle';
import { RunStore } from './run.store';
import { SdkClient } from './sdk-client';
import { WorkerSession } from './worker-session';

export interface EngineOptions {
  /** One of the two. The engine opens a connection of its own besides the pool: no transaction-mode pgbouncer. */
  connectionString?: string;
  pool?: pg.Pool;
  /** The app's serve endpoint, for example `serve({ client, functions })` from `inngest/edge`. */
  handler: (request: Request) => Promise<Response>;
  /** Same as the Inngest client's. Without it the client must be in dev mode, where anybody can run functions. */
  signingKey?: string;
  appUrl?: string;
  /** Postgres schema of the engine, made on first start. */
  schema?: string;
  /** Calls at the same time in this process. */
  slots?: number;
  logger?: EngineLogger;
  /** Milliseconds between attempt n (from 0) and the next. Default 15 s x 2^n up to 2 h, plus up to half. */
  retryDelayMs?: (attempt: number) => number;
  /** Longest time between two looks at the database; new work and timers are noticed at once anyway. */
  pollMs?: number;
  keepDays?: number;
  callTimeoutMs?: number;
}

export interface EngineHealth {
  state: 'stopped' | 'starting' | 'running' | 'degraded';
  /** What is wrong when the state is not `running`. */
  reason: string | null;
  worker: number | null;
  functions: number;
  inFlight: number;
  slots: number;
  lastPassAt: Date | null;
}

export interface FunctionSummary {
  id: string;
  name: string;
  triggers: string[];
  maxAttempts: number;
}

export interface Engine {
  /** For `new Inngest({ fetch })`: events never leave the process. */
  fetch: typeof fetch;
  /**
   * Registers the functions and begins to work. Returns soon also when the database is down; then it keeps trying.
   *
   * @throws UnsupportedFunctionError when a function uses what the executor cannot do
   */
  start(): Promise<void>;
  /** Reads the functions again, after their code changed. */
  register(): Promise<void>;
  /** No new calls; waits for those in flight up to `graceMs` (default 10 s), gives the rest back. */
  stop(graceMs?: number): Promise<void>;
  health(): EngineHealth;
  functions(): FunctionSummary[];
  listRuns(filter: RunFilter): Promise<Page<RunSummary>>;
  getRun(id: string, viewer?: Viewer): Promise<RunDetails | null>;
  stats(): Promise<EngineStats>;
}

const defaultRetryDelay = (attempt: number) => Math.min(15_000 * 2 ** attempt, 7_200_000) * (1 + Math.random() / 2);
const EVENT_PATIENCE_MS = 8000;

/** Builds an engine. Nothing happens, not even a connection, before `start()`. */
export function createEngine(options: EngineOptions): Engine {
  const schema = options.schema ?? 'durable';
  const logger = options.logger ?? silentLogger;
  const s = quoteSchema(schema);
  const slots = options.slots ?? 16;
  const pollMs = options.pollMs ?? 5000;
  const channel = `engine_${schema}`;
  const sender = randomBytes(8).toString('hex');
  const notify = `pg_notify('${channel}', '${sender}')`;
  const lockClass = lockNumber(`engine worker ${schema}`);
  let functions = new Map<string, EngineFunction>();
  let state: 'stopped' | 'starting' | 'running' = 'stopped';
  let registrationError: string | null = null;
  let stopJanitor = () => {};
  let parts: { core: Core; session: WorkerSession; dispatcher: Dispatcher; cron: CronScheduler } | null = null;

  const sdk = new SdkClient({
    handler: options.handler,
    appUrl: options.appUrl ?? 'http://127.0.0.1/api/inngest',
    signingKey: options.signingKey,
    callTimeoutMs: options.callTimeoutMs ?? 7_200_000,
  });

  function build() {
    const database = new Database({
      ...(options.connectionString ? { connectionString: options.connectionString } : {}),
      ...(options.pool ? { pool: options.pool } : {}),
      maxConnections: Math.min(8, slots),
      logger,
    });
    const core: Core = {
      database,
      s,
      eventLockClass: lockNumber(`engine event ${schema}`),
      runs: new RunStore(s, notify),
      queue: new QueueStore(s, notify, lockClass),
      logger,
      functions: () => functions,
      retryDelayMs: options.retryDelayMs ?? defaultRetryDelay,
      wake: () => dispatcher.wake(),
      endRun: (tx, run, outcome) => endRun(core, tx, run, outcome),
    };
    const session: WorkerSession = new WorkerSession({
      database,
      s,
      channel,
      sender,
      lockClass,
      logger,
      prepare: async (worker, sql) => {
        if (worker < 0) await migrate(database, schema);
        else await dispatcher.adopt(worker, sql);
      },
      onWake: () => dispatcher.wake(),
    });
    const dispatcher: Dispatcher = new Dispatcher({
      core,
      session,
      slots,
      pollMs,
      call: (fn, input) => sdk.call(fn, input),
    });
    return { core, session, dispatcher, cron: new CronScheduler(core) };
  }

  async function register(): Promise<void> {
    functions = compileFunctions(await sdk.register());
    registrationError = null;
    logger.info({ functions: [...functions.keys()] }, 'functions registered with the embedded executor');
    if (state !== 'stopped') {
      parts?.cron.start();
      parts?.dispatcher.wake();
    }
  }

  async function registerUntilDone(): Promise<void> {
    for (let wait = 250; state !== 'stopped' && registrationError !== null; wait = Math.min(wait * 2, 5000)) {
      await sleep(wait);
      await register().catch((error: unknown) => {
        registrationError = errorText(error);
      });
    }
  }

  async function start(): Promise<void> {
    if (state !== 'stopped') return;
    state = 'starting';
    try {
      await register();
    } catch (error) {
      if (error instanceof UnsupportedFunctionError) {
        state = 'stopped';
        throw error;
      }
      registrationError = errorText(error);
      logger.warn({ err: registrationError }, 'the functions could not be registered yet; trying again');
      void registerUntilDone();
    }
    parts = build();
    await parts.session.start();
    state = 'running';
    parts.dispatcher.start();
    parts.cron.start();
    stopJanitor = startJanitor(parts.core, options.keepDays ?? 30);
  }

  const ready = () => parts !== null && state === 'running' && parts.session.worker !== null && !registrationError;

  async function acceptEvents(request: Request): Promise<Response> {
    const events = readEvents(await request.text(), request.headers.get('x-inngest-event-id-seed'), Date.now());
    if (typeof events === 'string') return eventAnswer.refused(events);
    if (events.length === 0) return eventAnswer.accepted(events);
    // Events are matched against the registered functions: none may slip through before these are known.
    for (const until = Date.now() + EVENT_PATIENCE_MS; !ready() && state !== 'stopped' && Date.now() < until; )
      await sleep(50);
    if (!parts || !ready()) return eventAnswer.unavailable('The embedded executor is not running; try again.');
    const { core } = parts;
    try {
      await core.database.persist((tx) => takeIn(core, tx, events), EVENT_PATIENCE_MS);
    } catch (error) {
      logger[isTransient(error) ? 'warn' : 'error']({ err: errorText(error) }, 'events could not be stored');
      return eventAnswer.unavailable(`The events could not be stored: ${errorText(error)}`);
    }
    core.wake();
    return eventAnswer.accepted(events);
  }

  function online(): Core {
    if (!parts) throw new Error('The embedded executor was not started in this process, so it has nothing to show.');
    return parts.core;
  }

  return {
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname } = new URL(request.url);
      if (request.method === 'POST' && pathname.startsWith('/e/')) return acceptEvents(request);
      if (pathname === '/fn/register') return eventAnswer.registered();
      return eventAnswer.unknown(`${request.method} ${pathname}`);
    },
    start,
    register,
    stop: async (graceMs = 10_000) => {
      if (!parts || state === 'stopped') return;
      state = 'stopped';
      const { core, session, dispatcher, cron } = parts;
      cron.stop();
      stopJanitor();
      await dispatcher.stop(graceMs);
      await session.stop();
      await core.database.close();
    },
    health: () => {
      const reason = registrationError ?? (parts?.session.worker === null ? parts.session.lastError : null);
      return {
        state: state === 'running' && !ready() ? 'degraded' : state,
        reason,
        worker: parts?.session.worker ?? null,
        functions: functions.size,
        inFlight: parts?.dispatcher.inFlight ?? 0,
        slots,
        lastPassAt: parts?.dispatcher.lastPassAt ? new Date(parts.dispatcher.lastPassAt) : null,
      };
    },
    functions: () =>
      [...functions.values()].map((fn) => ({
        id: fn.id,
        name: fn.name,
        triggers: [...fn.eventTriggers.map((t) => (t.prefix ? `${t.name}*` : t.name)), ...fn.crons],
        maxAttempts: fn.maxAttempts,
      })),
    listRuns: (filter) => listRuns(online(), filter),
    getRun: (id, viewer) => getRun(online(), id, viewer),
    stats: () => stats(online()),
  };
}
