import type { Adapter, AdapterAccount } from 'next-auth/adapters';
import GitHubProvider from 'next-auth/providers/github';
import GoogleProvider from 'next-auth/providers/google';
import { env } from '@/env';

/** Which of the optional providers this installation offers, for the login page. */
export const offeredOauth = (): ('github' | 'google')[] => [
  ...(env.GITHUB_CLIENT_ID && env.GITHUB_CLIENT_SECRET ? (['github'] as const) : []),
  ...(env.GOOGLE_CLIENT_ID && env.GOOGLE_CLIENT_SECRET ? (['google'] as const) : []),
];

const GITHUB_USER = 'https://api.github.com/user';

/**
 * The providers that have keys in the environment. "Dangerous" is the linking of an account by an address that nobody has
 * verified: here an unverified one never gets as far (`mayEnter`).
 */
export function oauthProviders() {
  const { GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = env;
  const linked = { allowDangerousEmailAccountLinking: true };
  return [
    ...(GITHUB_CLIENT_ID && GITHUB_CLIENT_SECRET
      ? [
          GitHubProvider({
            ...{ ...linked, clientId: GITHUB_CLIENT_ID, clientSecret: GITHUB_CLIENT_SECRET },
            userinfo: {
              url: GITHUB_USER,
              // The library's own takes the first address, verified or not.
              request: async ({ client, tokens }) => {
                const token = tokens.access_token ?? '';
                const headers = { authorization: `token ${token}` };
                const answer = await fetch(`${GITHUB_USER}/emails`, { headers, signal: AbortSignal.timeout(10_000) });
                const email = answer.ok ? verifiedAddress(await answer.json()) : null;
                return { ...(await client.userinfo(token)), email: email ?? '', email_verified: email !== null };
              },
            },
          }),
        ]
      : []),
    ...(GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET
      ? [GoogleProvider({ ...linked, clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET })]
      : []),
  ];
}

/** GitHub's `GET /user/emails`: the primary address, if its owner has verified it. */
export function verifiedAddress(emails: unknown): string | null {
  if (!Array.isArray(emails)) return null;
  const primary = emails.find((each) => each?.primary === true && each.verified === true);
  return typeof primary?.email === 'string' ? primary.email : null;
}

/**
 * Another service says who somebody is, never that they may come in: only accounts that are here already (the owner's,
 * and those of added members) are let in, by a verified address. Otherwise anybody with a GitHub account could.
 */
export async function mayEnter(
  { type, profile }: { type: string | undefined; profile: unknown },
  hasAccount: (email: string) => Promise<boolean>,
): Promise<boolean> {
  if (type === 'credentials') return true;
  const { email, email_verified: verified } = (profile ?? {}) as { email?: unknown; email_verified?: unknown };
  return typeof email === 'string' && email !== '' && verified === true && hasAccount(email);
}

/** Addresses are kept in lower case, and the other service's tokens not at all: signing in is all they were for. */
export const carefulAdapter = (base: Adapter): Adapter => ({
  ...base,
  getUserByEmail: async (email) => (await base.getUserByEmail?.(email.toLowerCase())) ?? null,
  linkAccount: (account: AdapterAccount) => {
    const { userId, type, provider, providerAccountId } = account;
    return base.linkAccount?.({ userId, type, provider, providerAccountId });
  },
});
