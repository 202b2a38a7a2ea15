import { AppError } from '@/lib/app-error';

/** A request that came with no key, or with one that opens nothing: the same words at every door that takes keys. */
export const noValidKey = () =>
  new AppError({
    kind: 'unauthenticated',
    reason: 'auth.no_valid_key',
    message:
      'No valid API key came with this request: it is missing, mistyped or revoked, or whoever made it is no longer a member. Send "Authorization: Bearer tl_…" with a key from Settings → API keys.',
  });
