import 'server-only';
import { env, usesEmbeddedEngine } from '@/env';
import { pgPool } from '@/platform/db/pool';
import { liveListener } from '@/platform/live/listener';
import { durableEngine } from './durable';
import { services } from './services';

const TIMEOUT_MS = 2000;

export interface PartHealth {
  status: 'ok' | 'degraded' | 'down' | 'off';
  ms: number;
  message?: string;
}

export interface Health {
  status: 'ok' | 'degraded' | 'down';
  instance: string;
  parts: Record<'database' | 'live' | 'durable' | 'storage' | 'trainer', PartHealth>;
}

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

async function measure(check: () => Promise<Partial<PartHealth> | undefined>): Promise<PartHealth> {
  const started = performance.now();
  try {
    const result = await Promise.race([check(), tooLate()]);
    return { status: 'ok', ms: Math.round(performance.now() - started), ...(result ?? {}) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { status: 'down', ms: Math.round(performance.now() - started), message };
  }
}

const tooLate = () =>
  new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`No answer within ${TIMEOUT_MS / 1000} s.`)), TIMEOUT_MS).unref();
  });

const off = (message: string): Promise<PartHealth> => Promise.resolve({ status: 'off', ms: 0, message });
