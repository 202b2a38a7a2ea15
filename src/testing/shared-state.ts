import type pg from 'pg';

interface Ends {
  stop(): Promise<void>;
}

/** What the app keeps once per process (see `processState`), as far as it has to be ended: connections, loops, threads. */
interface State {
  background?: AbortController;
  engine?: Ends | null;
  live?: { shutdown: AbortController; client: pg.Client | null };
  imports?: { busy: number };
  rows?: { busy: number };
  pool?: pg.Pool;
  prisma?: { $disconnect(): Promise<void> };
}

const holder = globalThis as typeof globalThis & { tuneloop?: State };

/** The modules of the next test file find nothing of what those of the last one shared. */
export function newSharedState(): void {
  const { imports, rows } = holder.tuneloop ?? {};
  // What reads files and rows keeps no database: it is handed on, unless a test left it at work.
  holder.tuneloop = { ...(imports?.busy === 0 && { imports }), ...(rows?.busy === 0 && { rows }) };
}

/** Ends what a test file left running. Its loops that stop a moment later still see their own state, and nobody else's. */
export async function endSharedState(): Promise<void> {
  const { background, engine, live, pool, prisma } = holder.tuneloop ?? {};
  background?.abort();
  live?.shutdown.abort();
  await Promise.allSettled([engine?.stop(), live?.client?.end(), pool?.end(), prisma?.$disconnect()]);
}
