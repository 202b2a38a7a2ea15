import 'server-only';
import { env, usesEmbeddedEngine } from '@/env';
import { pgPool } from '@/platform/db/pool';
import { liveListener } from '@/platform/live/listener';
import { logger } from '@/platform/logger/logger';
import { processState } from '@/platform/process/process-state';
import { durableEngine } from './durable';
import { services } from './services';

const TIMEOUT_MS = 2000;
const NO_ANSWER = `No answer within ${TIMEOUT_MS / 1000} s.`;

interface PartState {
  status: 'ok' | 'degraded' | 'down' | 'off';
  ms: number;
}

interface PartHealth extends PartState {
  /** In the words of the part, with its hosts and paths: for people who run it, never for anybody who asks. */
  message?: string;
}

interface Health<Part extends PartState = PartHealth> {
  status: 'ok' | 'degraded' | 'down';
  instance: string;
  parts: Record<'database' | 'live' | 'durable' | 'storage' | 'trainer', Part>;
}

/** What may be told to whoever asks: states, and how long each part took. Why a part is down is in the log. */
export async function readPublicHealth(): Promise<Health<PartState>> {
  const { parts, ...all } = await readHealth();
  const { database, live, durable, storage, trainer } = parts;
  return {
    ...all,
    parts: {
      database: stateOf(database),
      live: stateOf(live),
      durable: stateOf(durable),
      storage: stateOf(storage),
      trainer: stateOf(trainer),
    },
  };
}

const stateOf = ({ status, ms }: PartHealth): PartState => ({ status, ms });

/** Asks every part at once; a part that does not answer in two seconds is down. The database alone decides readiness. */
export async function readHealth(): Promise<Health> {
  const [database, storage, durable, trainer] = await Promise.all([
    measure(async () => {
      await pgPool().query('SELECT 1');
      return undefined;
    }),
    measure(storageHealth),
    measure(durableHealth),
    env.TRAINER_URL ? measure(trainerHealth) : off('No built-in trainer in this installation.'),
  ]);
  const live: PartHealth = liveListener().client
    ? { status: 'ok', ms: 0 }
    : { status: 'degraded', ms: 0, message: 'Live updates fall back to reading every few seconds.' };
  const parts = { database, live, durable, storage, trainer };
  logChanges(parts);
  const bad = Object.values(parts).some((part) => part.status === 'down' || part.status === 'degraded');
  return { status: database.status === 'down' ? 'down' : bad ? 'degraded' : 'ok', instance: instanceName(), parts };
}

export const instanceName = (): string => env.TUNELOOP_INSTANCE ?? `pid-${process.pid}`;

async function durableHealth(): Promise<Partial<PartHealth>> {
  if (!usesEmbeddedEngine()) return { message: 'Functions run on an Inngest server.' };
  const health = durableEngine()?.health();
  return health?.state === 'running'
    ? { message: 'Embedded executor.' }
    : {
        status: 'degraded',
        message: health?.reason ?? 'The embedded executor is starting, or waits for the database.',
      };
}

async function storageHealth(): Promise<Partial<PartHealth>> {
  const { writable, problem } = await services().storage.health();
  return { ...(!writable && { status: 'down' as const }), ...(problem && { message: problem }) };
}

async function trainerHealth(): Promise<undefined> {
  const url = new URL(env.TRAINER_URL ?? '');
  const response = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(TIMEOUT_MS) });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`The trainer answers with status ${response.status}.`);
}

const shared = processState<{ healthSaid?: Map<string, string> }>();

/** Once for each change: probes and open pages ask every few seconds, and anybody may ask as often as they like. */
function logChanges(parts: Health['parts']): void {
  shared.healthSaid ??= new Map();
  for (const [part, { status, message }] of Object.entries(parts)) {
    const isBad = status === 'down' || status === 'degraded';
    const now = isBad ? `${status} ${message}` : 'fine';
    if (now === (shared.healthSaid.get(part) ?? 'fine')) continue;
    shared.healthSaid.set(part, now);
    if (isBad) logger.warn({ part, status, why: message }, 'a part does not work as it should');
    else logger.info({ part, status }, 'a part works again');
  }
}

async function measure(check: () => Promise<Partial<PartHealth> | undefined>): Promise<PartHealth> {
  const started = performance.now();
  try {
    const result = await Promise.race([check(), tooLate()]);
    return { status: 'ok', ms: Math.round(performance.now() - started), ...(result ?? {}) };
  } catch (error) {
    return { status: 'down', ms: Math.round(performance.now() - started), message: reasonOf(error) };
  }
}

/** `fetch` says only that it failed and hides why in the cause; of several addresses of a host each failed on its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return NO_ANSWER;
  return error.cause ? `${error.message}: ${reasonOf(error.cause)}` : error.message;
}

const tooLate = () =>
  new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(NO_ANSWER)), TIMEOUT_MS).unref();
  });

const off = (message: string): Promise<PartHealth> => Promise.resolve({ status: 'off', ms: 0, message });
