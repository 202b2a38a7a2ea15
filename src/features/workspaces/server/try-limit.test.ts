import { describe, expect, it } from 'vitest';
import { createTryLimit } from './try-limit';

const tooMany = { kind: 'rate_limited', reason: 'auth.too_many_tries' };

function lab() {
  const time = { ms: 1_000_000 };
  const tries = createTryLimit({ now: () => new Date(time.ms) });
  const wrong = (account = 'a@example.org') => tries(account, async () => false);
  return { time, tries, wrong };
}

describe('tries of passwords', () => {
  it('are ten, then two a minute, for each account', async () => {
    const { time, wrong } = lab();
    for (let n = 0; n < 10; n++) expect(await wrong()).toBe(false);
    await expect(wrong()).rejects.toMatchObject({ ...tooMany, retryAfterMs: 30_000 });
    expect(await wrong('b@example.org')).toBe(false);
    time.ms += 30_000;
    expect(await wrong()).toBe(false);
    await expect(wrong()).rejects.toMatchObject(tooMany);
  });

  it('begin anew with the right one', async () => {
    const { tries, wrong } = lab();
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 9; n++) await wrong();
      expect(await tries('a@example.org', async () => true)).toBe(true);
    }
  });

  it('are counted before they are known to be wrong, and checked two at a time', async () => {
    const { tries } = lab();
    let now = 0;
    let most = 0;
    const slow = async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now--;
      return false;
    };
    const results = await Promise.allSettled(Array.from({ length: 30 }, () => tries('a@example.org', slow)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    const others = Array.from({ length: 30 }, (_, n) => tries(`${n}@example.org`, slow));
    await Promise.all(others);
    expect(most).toBe(2);
  });
});
