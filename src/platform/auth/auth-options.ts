import { PrismaAdapter } from '@next-auth/prisma-adapter';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import GitHubProvider from 'next-auth/providers/github';
import GoogleProvider from 'next-auth/providers/google';
import { env } from '@/env';
import { AppError } from '@/lib/app-error';
import { database } from '@/platform/db/database';

/** Code for the login page. */
const TOO_MANY_TRIES = 'TooManyTries';

export interface SignedInUser {
  id: string;
  email: string;
  name: string | null;
}

export interface AuthDeps {
  /** The account behind a mail address and password, or null. */
  signIn(email: string, password: string): Promise<SignedInUser | null>;
  /** What a session must still find at its account; null = no such account (any more). */
  sessionSeal(userId: string): Promise<string | null>;
}

/**
 * Sign-in by local account always; by GitHub or Google when their keys are in the environment.
 * JWT sessions, because NextAuth 4 offers credentials only with them; a seal in them is compared with the account at every
 * request, so that a changed password ends them all.
 */
export function authOptions({ signIn, sessionSeal }: AuthDeps): NextAuthOptions {
  return {
    adapter: PrismaAdapter(database() as never),
    session: { strategy: 'jwt', maxAge: 30 * 24 * 3600 },
    pages: { signIn: '/login', error: '/login' },
    ...(env.NEXTAUTH_SECRET && { secret: env.NEXTAUTH_SECRET }),
    providers: [
      CredentialsProvider({
        name: 'Local account',
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: async (credentials) => {
          if (!credentials) return null;
          return signIn(credentials.email, credentials.password).catch((error: unknown) => {
            // The library hands only an error's message on: here it is a code, and the login page has the words.
            throw error instanceof AppError && error.kind === 'rate_limited' ? new Error(TOO_MANY_TRIES) : error;
          });
        },
      }),
      ...oauthProviders(),
    ],
    callbacks: {
      jwt: async ({ token, user }) => {
        if (user) return { ...token, sub: user.id, seal: await sessionSeal(user.id) };
        const seal = token.sub ? await sessionSeal(token.sub) : null;
        return seal !== null && seal === token.seal ? token : { ...token, sub: '' };
      },
      session: ({ session, token }) => ({ ...session, user: { ...session.user, id: token.sub ?? '' } }),
    },
  };
}

/** Which of the optional providers this installation offers, for the login page. */
export const offeredOauth = (): ('github' | 'google')[] => [
  ...(env.GITHUB_CLIENT_ID && env.GITHUB_CLIENT_SECRET ? (['github'] as const) : []),
  ...(env.GOOGLE_CLIENT_ID && env.GOOGLE_CLIENT_SECRET ? (['google'] as const) : []),
];

function oauthProviders() {
  const { GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = env;
  return [
    ...(GITHUB_CLIENT_ID && GITHUB_CLIENT_SECRET
      ? [GitHubProvider({ clientId: GITHUB_CLIENT_ID, clientSecret: GITHUB_CLIENT_SECRET })]
      : []),
    ...(GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET
      ? [GoogleProvider({ clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET })]
      : []),
  ];
}
