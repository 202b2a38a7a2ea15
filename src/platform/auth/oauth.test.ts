import type { Adapter } from 'next-auth/adapters';
import { expect, it } from 'vitest';
import { carefulAdapter, mayEnter, verifiedAddress } from './oauth';

const known = async (email: string) => email.toLowerCase() === 'ada@example.org';

it.each([
  ['a password that was right', 'credentials', undefined, true],
  ['a verified address of an account', 'oauth', { email: 'Ada@example.org', email_verified: true }, true],
  ['an address that nobody verified', 'oauth', { email: 'ada@example.org', email_verified: false }, false],
  ['an address of which nothing is said', 'oauth', { email: 'ada@example.org' }, false],
  ['a stranger', 'oauth', { email: 'eve@example.org', email_verified: true }, false],
  ['nobody', 'oauth', undefined, false],
])('lets in %s only if it should', async (_name, type, profile, expected) => {
  expect(await mayEnter({ type, profile }, known)).toBe(expected);
});

it('takes no address from GitHub but the verified primary one', () => {
  const old = { email: 'old@example.org', primary: false, verified: true };
  expect(verifiedAddress([old, { email: 'ada@example.org', primary: true, verified: true }])).toBe('ada@example.org');
  expect(verifiedAddress([old, { email: 'victim@example.org', primary: true, verified: false }])).toBeNull();
  expect(verifiedAddress({ message: 'Bad credentials' })).toBeNull();
});

it('finds accounts whatever the case, and keeps no token of another service', async () => {
  const seen: unknown[] = [];
  const note = async (value: unknown) => {
    seen.push(value);
    return null;
  };
  const adapter = carefulAdapter({ getUserByEmail: note, linkAccount: note } as Adapter);
  await adapter.getUserByEmail?.('Ada@Example.org');
  const account = { userId: 'u', type: 'oauth', provider: 'github', providerAccountId: '1' } as const;
  await adapter.linkAccount?.({ ...account, access_token: 'gho_secret', refresh_token: 'ghr_secret', id_token: 'x' });
  expect(seen).toEqual(['ada@example.org', account]);
});
