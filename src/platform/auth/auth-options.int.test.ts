import { afterAll, expect, it } from 'vitest';
import { closeDatabase } from '@/platform/db/database';
import { authOptions } from './auth-options';

afterAll(closeDatabase);

it('takes what is no mail address and password for a sign-in that failed', async () => {
  const tried: unknown[] = [];
  const { providers } = authOptions({
    signIn: async (...what) => {
      tried.push(what);
      return null;
    },
    sessionSeal: async () => null,
    hasAccount: async () => false,
  });
  const { authorize } = (providers[0]?.options ?? {}) as { authorize: (posted: unknown) => Promise<unknown> };
  for (const posted of [undefined, {}, { email: 'ada@example.org' }, { email: 'ada@example.org', password: ['x'] }])
    expect(await authorize(posted)).toBeNull();
  expect(tried).toEqual([]);
  await authorize({ email: 'ada@example.org', password: 'secret' });
  expect(tried).toEqual([['ada@example.org', 'secret']]);
});
