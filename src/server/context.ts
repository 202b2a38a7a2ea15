import 'server-only';
import { getServerSession } from 'next-auth';
import type { Actor } from '@/lib/actor';
import { newId } from '@/lib/ids';
import { logger } from '@/platform/logger/logger';
import type { SessionUser, TrpcContext } from '@/platform/trpc/context';
import { nextAuthOptions } from './auth';
import { services } from './services';

export const WORKSPACE_COOKIE = 'tuneloop-workspace';

/** The signed-in person of this request, or null. Reads Next's cookies, so it works in pages, routes and tRPC alike. */
export async function sessionUser(): Promise<SessionUser | null> {
  const session = await getServerSession(nextAuthOptions());
  if (!session?.user?.id || !session.user.email) return null;
  return { id: session.user.id, email: session.user.email, name: session.user.name ?? null };
}

/** Who asks: by session (and the workspace chosen in a cookie), or by API key in the Authorization header. */
export async function createTrpcContext(headers: Headers): Promise<TrpcContext> {
  const requestId = headers.get('x-request-id')?.slice(0, 100) ?? newId();
  const byKey = await actorByKey(headers);
  if (byKey) return { user: null, actor: byKey, requestId, log: logger };
  const user = await sessionUser();
  const actor = user && (await services().workspaces.actorForUser(user.id, workspaceCookie(headers)));
  return { user, actor, requestId, log: logger };
}

export async function actorByKey(headers: Headers): Promise<Actor | null> {
  const [scheme, token] = (headers.get('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token) return null;
  return services().workspaces.authenticateApiKey(token);
}

function workspaceCookie(headers: Headers): string | null {
  const cookie = headers.get('cookie')?.match(new RegExp(`(?:^|; )${WORKSPACE_COOKIE}=([0-9a-f-]{36})(?:;|$)`));
  return cookie?.[1] ?? null;
}
