import 'server-only';
import { env } from '@/env';
import { AppError } from '@/lib/app-error';

/** 32 bytes in hex that encrypt and sign for this installation. Read when needed, never at import: a build has none. */
export function installationSecret(): string {
  if (env.TUNELOOP_SECRET) return env.TUNELOOP_SECRET;
  throw new AppError({
    kind: 'precondition_failed',
    reason: 'setup.no_secret',
    message:
      'TUNELOOP_SECRET is not set, so nothing can be encrypted or signed. Start with `npm start`, which makes one, or set 64 hex digits (openssl rand -hex 32).',
  });
}
