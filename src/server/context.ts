import 'server-only';
import { getServerSession } from 'next-auth';
import type { Actor } from '@/lib/actor';
import { idSchema } from '@/lib/ids';
import { newId } from '@/lib/new-id';
import { logger } from '@/platform/logger/logger';
import type { SessionUser, TrpcContext } from '@/platform/trpc/context';
import { nextAuthOptions } from './auth';
import { services } from './services';

export const WORKSPACE_COOKIE = 'tuneloop-workspace';

/** The signed-in person of a request with these headers, or null. */
export async function sessionUser(headers: Headers): Promise<SessionUser | null> {
  // NextAuth's form for API routes: given the request it asks nothing of Next's own request scope.
  const request = { headers: Object.fromEntries(headers), cookies: cookiesOf(headers) } as never;
  const session = await getServerSession(request, ignoredResponse as never, nextAuthOptions());
  if (!session?.user?.id || !session.user.email) return null;
  return { id: session.user.id, email: session.user.email, name: session.user.name ?? null };
}

/**
 * Who asks: by API key in the Authorization header, else by session (and the workspace chosen in a cookie).
 * A key that opens nothing is not made good by a cookie that came along.
 */
export async function createTrpcContext(headers: Headers): Promise<TrpcContext> {
  const common = { requestId: requestIdOf(headers), log: logger };
  if (bearerToken(headers) !== null) return { ...common, user: null, actor: await actorByKey(headers) };
  const user = await sessionUser(headers);
  const chosen = cookiesOf(headers)[WORKSPACE_COOKIE];
  const workspaceId = idSchema.safeParse(chosen).data ?? null;
  const actor = user && (await services().workspaces.actorForUser(user.id, workspaceId));
  return { ...common, user, actor };
}

export const requestIdOf = (headers: Headers): string => headers.get('x-request-id')?.slice(0, 100) ?? newId();

export async function actorByKey(headers: Headers): Promise<Actor | null> {
  const token = bearerToken(headers);
  return token ? services().workspaces.authenticateApiKey(token) : null;
}

function bearerToken(headers: Headers): string | null {
  const [scheme, token = ''] = (headers.get('authorization') ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' ? token : null;
}

function cookiesOf(headers: Headers): Record<string, string> {
  const pairs = (headers.get('cookie') ?? '').split('; ').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at > 0 ? [[pair.slice(0, at), decoded(pair.slice(at + 1))]] : [];
  });
  return Object.fromEntries(pairs);
}

/** Values travel percent-encoded (NextAuth refuses every session whose callback cookie is not decoded); bad encoding stays as it is. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** A session is only read here: its cookie is renewed by the session endpoint. */
const ignoredResponse = { getHeader: () => undefined, setHeader: () => undefined };
