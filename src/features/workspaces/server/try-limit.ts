import { hashToken } from '@/platform/crypto/secret-box';
import { tooManyTries } from '../workspace.errors';
import type { WorkspaceRepository } from './workspace.repository';

/** Wrong passwords for one account before it has to wait, and how long it takes to get one more try back. */
const TRIES = 10;
const REFILL_MS = 30_000;
/** Checks of passwords at once: each takes 128 MiB and a thread of the pool that files and DNS share. */
const AT_ONCE = 2;
const MOST_WAITING = 50;

/**
 * Slows down who guesses passwords: per account two tries a minute after the first ten, and few checks at once for all
 * together. Tries are counted in the database, for all processes and across restarts; checks at once are each process'
 * own, because it is its memory that they take.
 */
export function createTryLimit(repo: Pick<WorkspaceRepository, 'countTry' | 'forgetTries'>) {
  const waiting: (() => void)[] = [];
  let checking = 0;
  /** Those that wait or are checked, and those that are being counted before it. */
  let inside = 0;

  async function inTurn(check: () => Promise<boolean>): Promise<boolean> {
    if (checking >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else checking++;
    try {
      return await check();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else checking--;
    }
  }

  /** @throws rate_limited `auth.too_many_tries`; else what `check` says, where false counts as a wrong try */
  return async (account: string, check: () => Promise<boolean>): Promise<boolean> => {
    if (inside >= AT_ONCE + MOST_WAITING) throw tooManyTries(REFILL_MS);
    inside++;
    try {
      const key = hashToken(`password of ${account}`);
      // Counted before it waits and is known to be wrong, or many at once would all be let in. It fails closed: a database
      // that cannot count does not know the accounts either, so nobody is kept out who could have come in.
      const waitMs = await repo.countTry(key, { most: TRIES, eachMs: REFILL_MS });
      if (waitMs !== null) throw tooManyTries(waitMs);
      const right = await inTurn(check);
      if (right) await repo.forgetTries(key);
      return right;
    } finally {
      inside--;
    }
  };
}

export type TryLimit = ReturnType<typeof createTryLimit>;
