import { PrismaAdapter } from '@next-auth/prisma-adapter';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { z } from 'zod';
import { env } from '@/env';
import { AppError } from '@/lib/app-error';
import { database } from '@/platform/db/database';
import { carefulAdapter, mayEnter, oauthProviders } from './oauth';

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
  hasAccount(email: string): Promise<boolean>;
}

/**
 * Sign-in by local account always; by GitHub or Google when their keys are in the environment, for accounts that are here.
 * JWT sessions, because NextAuth 4 offers credentials only with them; a seal in them is compared with the account at every
 * request, so that a changed password ends them all.
 */
export function authOptions({ signIn, sessionSeal, hasAccount }: AuthDeps): NextAuthOptions {
  return {
    adapter: carefulAdapter(PrismaAdapter(database() as never)),
    session: { strategy: 'jwt', maxAge: 30 * 24 * 3600 },
    pages: { signIn: '/login', error: '/login' },
    ...(env.NEXTAUTH_SECRET && { secret: env.NEXTAUTH_SECRET }),
    providers: [
      CredentialsProvider({
        name: 'Local account',
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: async (credentials) => {
          // The library says what a form holds, not what was posted.
          const posted = z.object({ email: z.string(), password: z.string() }).safeParse(credentials);
          if (!posted.success) return null;
          return signIn(posted.data.email, posted.data.password).catch((error: unknown) => {
            // The library hands only an error's message on: here it is a code, and the login page has the words.
            throw error instanceof AppError && error.kind === 'rate_limited' ? new Error(TOO_MANY_TRIES) : error;
          });
        },
      }),
      ...oauthProviders(),
    ],
    callbacks: {
      signIn: ({ account, profile }) => mayEnter({ type: account?.type, profile }, hasAccount),
      jwt: async ({ token, user }) => {
        if (user) return { ...token, sub: user.id, seal: await sessionSeal(user.id) };
        const seal = token.sub ? await sessionSeal(token.sub) : null;
        return seal !== null && seal === token.seal ? token : { ...token, sub: '' };
      },
      session: ({ session, token }) => ({ ...session, user: { ...session.user, id: token.sub ?? '' } }),
    },
  };
}
