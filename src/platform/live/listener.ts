import { EventEmitter } from 'node:events';
import pg from 'pg';
import { env } from '@/env';
import { logger } from '@/platform/logger/logger';
import { processState } from '@/platform/process/process-state';

export const LIVE_CHANNEL = 'tuneloop_live';
const RECONNECT_MS = 500;

interface Listener {
  emitter: EventEmitter;
  client: pg.Client | null;
  starting: Promise<void> | null;
  /** Ends every open stream when the process shuts down. */
  shutdown: AbortController;
}

const shared = processState<{ live?: Listener }>();

/** One LISTEN connection per process feeds every stream of that process. */
export function liveListener(): Listener {
  shared.live ??= {
    emitter: new EventEmitter().setMaxListeners(0),
    client: null,
    starting: null,
    shutdown: new AbortController(),
  };
  return shared.live;
}

/** Connects if needed. After a lost connection every stream is woken once: it reads the table and misses nothing. */
export async function startListening(): Promise<void> {
  const listener = liveListener();
  if (listener.client || listener.shutdown.signal.aborted) return;
  listener.starting ??= connect(listener).finally(() => {
    listener.starting = null;
  });
  await listener.starting;
}

async function connect(listener: Listener): Promise<void> {
  const client = new pg.Client({ connectionString: env.DATABASE_URL, keepAlive: true, connectionTimeoutMillis: 5000 });
  client.on('notification', ({ payload }) => {
    if (payload) listener.emitter.emit('topic', payload);
  });
  let lost = false;
  const onLost = () => {
    if (lost) return;
    lost = true;
    listener.client = null;
    if (listener.shutdown.signal.aborted) return;
    setTimeout(() => void reconnect(listener), RECONNECT_MS).unref();
  };
  client.on('error', onLost);
  client.on('end', onLost);
  await client.connect();
  await client.query(`LISTEN ${LIVE_CHANNEL}`);
  listener.client = client;
}

async function reconnect(listener: Listener): Promise<void> {
  try {
    await startListening();
    listener.emitter.emit('topic', '*');
  } catch (error) {
    logger.warn({ err: String(error) }, 'live updates: database not reachable, trying again');
    setTimeout(() => void reconnect(listener), RECONNECT_MS).unref();
  }
}

/** Ends all streams so that clients resume elsewhere, then closes the connection. */
export async function stopListening(): Promise<void> {
  const listener = liveListener();
  listener.shutdown.abort();
  await listener.client?.end().catch(() => undefined);
}
