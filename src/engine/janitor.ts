import type { Core } from './core';
import { errorText } from './logger';

const HOUR_MS = 3_600_000;
const BATCH = 500;

async function inBatches(core: Core, table: string, condition: string): Promise<number> {
  for (let total = 0; ; ) {
    const rows = await core.database.query(
      `delete from ${core.s}.${table} where ctid in (select ctid from ${core.s}.${table} where ${condition} limit ${BATCH})
       returning 1`,
    );
    total += rows.length;
    if (rows.length < BATCH) return total;
  }
}

/** Deletes ended runs and events after `keepDays`, and expired keys. Small batches: nobody waits long for a lock. */
export async function cleanUp(core: Core, keepDays: number): Promise<{ runs: number; events: number; keys: number }> {
  const days = `clock_timestamp() - interval '${Math.max(1, Math.floor(keepDays))} days'`;
  return {
    runs: await inBatches(core, 'runs', `ended_at < ${days}`),
    events: await inBatches(core, 'events', `received_at < ${days}`),
    keys: await inBatches(core, 'run_keys', 'expires_at < clock_timestamp()'),
  };
}

/** Cleans up hourly. @returns stop */
export function startJanitor(core: Core, keepDays: number): () => void {
  const work = () => {
    cleanUp(core, keepDays).then(
      (gone) => core.logger.debug(gone, 'old runs deleted'),
      (error: unknown) => core.logger.warn({ err: errorText(error) }, 'old runs could not be deleted'),
    );
  };
  // A random first delay: processes started together do not clean together.
  let every: NodeJS.Timeout | undefined;
  const first = setTimeout(
    () => {
      work();
      every = setInterval(work, HOUR_MS);
      every.unref();
    },
    60_000 + Math.random() * 120_000,
  );
  first.unref();
  return () => {
    clearTimeout(first);
    clearInterval(every);
  };
}
