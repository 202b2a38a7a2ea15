import 'server-only';
import { serve } from 'inngest/edge';
import { inngest } from '@/platform/inngest/client';
import { durableEngine } from './durable';
import { inngestFunctions } from './inngest-functions';

let endpoint: ((request: Request) => Promise<Response>) | undefined;

/** Where an Inngest server calls the functions. In embedded mode too: calls then need the installation's own signature. */
export function inngestEndpoint(): (request: Request) => Promise<Response> {
  durableEngine();
  endpoint ??= serve({ client: inngest(), functions: inngestFunctions() });
  return endpoint;
}
