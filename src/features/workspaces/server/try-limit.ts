import type { Clock } from '@/lib/clock';
import { tooManyTries } from '../workspace.errors';

/** Wrong passwords for one account before it has to wait, and how long it takes to get one more try back. */
const TRIES = 10;
const REFILL_MS = 30_000;
/** Checks of passwords at once: each takes 128 MiB and a thread of the pool that files and DNS share. */
const AT_ONCE = 2;
const MOST_WAITING = 50;
const MOST_ACCOUNTS = 10_000;

/**
 * Slows down who guesses passwords: per account two tries a minute after the first ten, and few checks at once for all
 * together. Kept in memory: several processes allow so many more, and a restart forgets; both leave guessing hopeless.
 */
export function createTryLimit(clock: Clock) {
  /** Tries used, and since when: they come back with time. In the order of their last use. */
  const used = new Map<string, { tries: number; at: number }>();
  const waiting: (() => void)[] = [];
  let checking = 0;

  const usedNow = (account: string): number => {
    const known = used.get(account);
    return known ? Math.max(0, known.tries - (clock.now().getTime() - known.at) / REFILL_MS) : 0;
  };

  function note(account: string): void {
    const tries = usedNow(account) + 1;
    used.delete(account);
    used.set(account, { tries, at: clock.now().getTime() });
    const [oldest] = used.keys();
    if (used.size > MOST_ACCOUNTS && oldest !== undefined) used.delete(oldest);
  }

  /** @throws rate_limited `auth.too_many_tries`; else what `check` says, where false counts as a wrong try */
  return async (account: string, check: () => Promise<boolean>): Promise<boolean> => {
    const over = usedNow(account) + 1 - TRIES;
    if (over > 0) throw tooManyTries(Math.ceil(over * REFILL_MS));
    if (waiting.length >= MOST_WAITING) throw tooManyTries(REFILL_MS);
    // Counted before it waits and is known to be wrong, or many at once would all be let in.
    note(account);
    if (checking >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else checking++;
    try {
      const right = await check();
      if (right) used.delete(account);
      return right;
    } finally {
      const next = waiting.shift();
      if (next) next();
      else checking--;
    }
  };
}

export type TryLimit = ReturnType<typeof createTryLimit>;
