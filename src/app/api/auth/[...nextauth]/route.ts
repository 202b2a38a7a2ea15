import NextAuth from 'next-auth';
import { nextAuthOptions } from '@/server/auth';

type RouteContext = { params: Promise<{ nextauth: string[] }> };

// Built per request: options read the environment and the database, which a build must not need.
const handler = (request: Request, context: RouteContext) => NextAuth(nextAuthOptions())(request, context);

export { handler as GET, handler as POST };
