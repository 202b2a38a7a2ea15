import { defaultShouldDehydrateQuery, QueryClient } from '@tanstack/react-query';
import superjson from 'superjson';

const FRESH_MS = 5000;
const MAX_RETRIES = 2;
/** Permanent conditions: asking again gives the same answer, only later. */
const FINAL_CODES = new Set([
  'BAD_REQUEST',
  'UNAUTHORIZED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'PRECONDITION_FAILED',
  'PAYMENT_REQUIRED',
]);

/** One maker for server and browser, so that what one serialises the other can read. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // A page that is being made on the server does not wait for a second try: the browser makes it.
        retry: (failures, error) =>
          typeof window !== 'undefined' && failures < MAX_RETRIES && !FINAL_CODES.has(codeOf(error) ?? ''),
      },
      dehydrate: {
        serializeData: superjson.serialize,
        shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || query.state.status === 'pending',
      },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
}

function codeOf(error: unknown): string | undefined {
  const data = (error as { data?: { code?: string } | null }).data;
  return data?.code;
}
