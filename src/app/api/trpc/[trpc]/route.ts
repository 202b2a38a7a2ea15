import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { appRouter } from '@/server/app-router';
import { createTrpcContext } from '@/server/context';

async function handler(request: Request): Promise<Response> {
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter(),
    createContext: () => createTrpcContext(request.headers),
  });
  // A kept-alive connection would keep the old process running after it was told to stop.
  if (response.headers.get('content-type')?.startsWith('text/event-stream'))
    response.headers.set('connection', 'close');
  return response;
}

export { handler as GET, handler as POST };
