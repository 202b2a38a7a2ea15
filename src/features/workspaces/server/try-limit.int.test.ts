import { afterAll, describe, expect, it } from 'vitest';
import { closeDatabase, database } from '@/platform/db/database';
import { createTryLimit } from './try-limit';
import { workspaceRepository } from './workspace.repository';

afterAll(closeDatabase);

const tooMany = { kind: 'rate_limited', reason: 'auth.too_many_tries' };
/** What two processes have of their own: the database is the same. */
const [here, there] = [createTryLimit(workspaceRepository), createTryLimit(workspaceRepository)];

let serial = 0;
const newAccount = () => `somebody-${++serial}@example.org`;
const wrong = (account: string, tries = here) => tries(account, async () => false);

/** Lets time pass, for every account. */
const pass = (ms: number) =>
  database().$executeRaw`UPDATE sign_in_attempts SET free_at = free_at - ${ms}::float8 * interval '1 millisecond'`;

describe('tries of passwords', () => {
  it('are ten, then two a minute, for each account', async () => {
    const account = newAccount();
    for (let n = 0; n < 10; n++) expect(await wrong(account)).toBe(false);
    const refused = await wrong(account).catch((error: unknown) => error);
    expect(refused).toMatchObject(tooMany);
    const { retryAfterMs = 0 } = refused as { retryAfterMs?: number };
    expect(retryAfterMs).toBeGreaterThan(20_000);
    expect(retryAfterMs).toBeLessThanOrEqual(30_000);
    expect(await wrong(newAccount())).toBe(false);
    await pass(30_000);
    expect(await wrong(account)).toBe(false);
    await expect(wrong(account)).rejects.toMatchObject(tooMany);
  });

  it('are the same ten in every process, also at the same moment', async () => {
    const account = newAccount();
    for (let n = 0; n < 3; n++) await wrong(account, there);
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => wrong(account, n % 2 ? here : there)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(7);
    for (const tries of [here, there]) await expect(wrong(account, tries)).rejects.toMatchObject(tooMany);
  });

  it('begin anew with the right one', async () => {
    const account = newAccount();
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 9; n++) await wrong(account, n % 2 ? here : there);
      expect(await here(account, async () => true)).toBe(true);
    }
  });

  it('are counted before they are known to be wrong, and checked two at a time', async () => {
    const account = newAccount();
    let now = 0;
    let most = 0;
    const slow = async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now--;
      return false;
    };
    const results = await Promise.allSettled(Array.from({ length: 30 }, () => here(account, slow)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    await Promise.all(Array.from({ length: 30 }, () => here(newAccount(), slow)));
    expect(most).toBe(2);
  });

  it('are refused, not counted, when too many wait to be checked', async () => {
    const held: (() => void)[] = [];
    const hold = () => new Promise<boolean>((resolve) => held.push(() => resolve(false)));
    const rush = Array.from({ length: 60 }, () => here(newAccount(), hold));
    const all = Promise.allSettled(rush);
    await expect(Promise.race(rush.slice(-8))).rejects.toMatchObject(tooMany);
    const ticking = setInterval(() => held.splice(0).forEach((release) => void release()), 1);
    const results = await all;
    clearInterval(ticking);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(8);
  });

  it('do not let a password be checked that could not be counted', async () => {
    let checked = false;
    const broken = createTryLimit({ ...workspaceRepository, countTry: () => Promise.reject(new Error('no database')) });
    const answer = broken(newAccount(), async () => (checked = true));
    await expect(answer).rejects.toThrow('no database');
    expect(checked).toBe(false);
  });

  it('leave no address behind, and nothing at all once they are over', async () => {
    const account = newAccount();
    await wrong(account);
    const rows = await database().signInAttempt.findMany();
    expect(JSON.stringify(rows)).not.toContain(account.split('@')[0]);
    await pass(29_000);
    await workspaceRepository.pruneTries();
    expect(await database().signInAttempt.count()).toBeGreaterThan(0);
    await pass(3_600_000);
    await workspaceRepository.pruneTries();
    expect(await database().signInAttempt.count()).toBe(0);
  });
});
