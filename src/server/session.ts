import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { Actor } from '@/lib/actor';
import type { SessionUser } from '@/platform/trpc/context';
import { createTrpcContext } from './context';

/** One look-up per request, however many components ask. */
export const requestContext = cache(async () => createTrpcContext(await headers()));

/** For pages: the person and where they act, or a redirect to the login page. */
export async function requireUser(): Promise<{ user: SessionUser; actor: Actor }> {
  const { user, actor } = await requestContext();
  if (!user || !actor) redirect('/login');
  return { user, actor };
}
