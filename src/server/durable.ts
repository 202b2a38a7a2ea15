import 'server-only';
import { serve } from 'inngest/edge';
import { createEngine, type Engine } from '@/engine/engine';
import { env, usesEmbeddedEngine } from '@/env';
import { deriveKey } from '@/platform/crypto/secret-box';
import { configureInngest, inngest } from '@/platform/inngest/client';
import { logger } from '@/platform/logger/logger';
import { processState } from '@/platform/process/process-state';
import { inngestFunctions } from './inngest-functions';
import { installationSecret } from './installation-secret';

const shared = processState<{ engine?: Engine | null }>();

/**
 * The embedded executor of this process, or null when an Inngest server runs the functions.
 * Configures the Inngest client on first use, before any function is made.
 */
export function durableEngine(): Engine | null {
  if (shared.engine !== undefined) return shared.engine;
  if (!usesEmbeddedEngine()) {
    configureInngest({});
    shared.engine = null;
    return null;
  }
  // Cloud mode with keys of this installation: unsigned calls of the endpoint get 401, as they do in production.
  const signingKey = `signkey-embedded-${deriveKey(installationSecret(), 'durable-signing').toString('hex')}`;
  let handler: ((request: Request) => Promise<Response>) | undefined;
  const engine = createEngine({
    connectionString: env.DATABASE_URL,
    signingKey,
    logger,
    handler: (request) => {
      handler ??= serve({ client: inngest(), functions: inngestFunctions() });
      return handler(request);
    },
  });
  configureInngest({ fetch: engine.fetch, isDev: false, signingKey, eventKey: 'embedded' });
  shared.engine = engine;
  return engine;
}
