import { type NextRequest, NextResponse } from 'next/server';
import { getToken } from 'next-auth/jwt';
import { env } from './env';
import { contentSecurityPolicy } from './server/content-security-policy';

/**
 * The gate before every page: an id for the request, a content security policy with a fresh nonce, and the way to the
 * login page for whoever is signed out. It decides nothing about rights: pages and use cases do.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const requestId = request.headers.get('x-request-id')?.slice(0, 100) ?? crypto.randomUUID();
  if (pathname.startsWith('/dashboard') && !(await isSignedIn(request))) {
    const login = new URL('/login', request.url);
    login.searchParams.set('callbackUrl', `${pathname}${search}`);
    return NextResponse.redirect(login, { headers: { 'x-request-id': requestId } });
  }
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const policy = contentSecurityPolicy(nonce, env.NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  headers.set('x-request-id', requestId);
  headers.set('x-nonce', nonce);
  // Next reads the nonce from here and puts it on its own scripts.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-request-id', requestId);
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('x-frame-options', 'DENY');
  response.headers.set('referrer-policy', 'strict-origin-when-cross-origin');
  response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
  return response;
}

async function isSignedIn(request: NextRequest): Promise<boolean> {
  const token = await getToken({ req: request, ...(env.NEXTAUTH_SECRET && { secret: env.NEXTAUTH_SECRET }) });
  return token !== null;
}

/** Pages only. Under /api bodies may be long, and one that passes through here would be cut at 10 MB. */
export const config = { matcher: ['/((?!api/|_next/|icon.svg|favicon.ico).*)'] };
