import 'server-only';
import { createHydrationHelpers } from '@trpc/react-query/rsc';
import { cache } from 'react';
import { type AppRouter, appRouter } from '@/server/app-router';
import { requestContext } from '@/server/session';
import { makeQueryClient } from '@/trpc/query-client';

const queryClient = cache(makeQueryClient);

/**
 * The router for pages: `await trpc.jobs.list.prefetch(input)` puts the answer where the browser's hook with the same
 * input finds it, once the tree stands inside `HydrateClient`. What fails here is asked again by the browser.
 */
export const serverTrpc = cache(() =>
  createHydrationHelpers<AppRouter>(appRouter().createCaller(requestContext), queryClient),
);
