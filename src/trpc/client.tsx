'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { httpBatchLink, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { createTRPCReact } from '@trpc/react-query';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { type ReactNode, useState } from 'react';
import superjson from 'superjson';
import type { AppRouter } from '@/server/app-router';
import { makeQueryClient } from './query-client';

export const trpc = createTRPCReact<AppRouter>();

export type RouterInputs = inferRouterInputs<AppRouter>;
export type RouterOutputs = inferRouterOutputs<AppRouter>;

const URL_PATH = '/api/trpc';

function makeClient() {
  return trpc.createClient({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({ url: URL_PATH, transformer: superjson }),
        false: splitLink({
          // What takes long goes by itself: an answer of several comes when the slowest of them is there.
          condition: (op) => op.context.alone === true,
          true: httpLink({ url: URL_PATH, transformer: superjson }),
          false: httpBatchLink({ url: URL_PATH, transformer: superjson, maxURLLength: 4000 }),
        }),
      }),
    ],
  });
}

/** Gives the tree below it the typed client. Made per mount: a module-level store would leak between users on a server. */
export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const [client] = useState(makeClient);
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}
