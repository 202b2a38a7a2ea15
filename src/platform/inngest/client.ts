import { Inngest } from 'inngest';
import { processState } from '@/platform/process/process-state';
import { sdkLogger } from './sdk-logger';

const APP_ID = 'tuneloop';

export interface InngestSettings {
  /** Given in embedded mode: events then never leave the process. */
  fetch?: typeof fetch;
  eventKey?: string;
  signingKey?: string;
  isDev?: boolean;
}

const shared = processState<{ inngest?: Inngest }>();

/** Called once at start by the composition root; later calls of `inngest()` return this client. */
export function configureInngest(settings: InngestSettings): Inngest {
  shared.inngest = new Inngest({ id: APP_ID, logger: sdkLogger, ...settings });
  return shared.inngest;
}

/** The durable-function client of this process. Unconfigured it reads INNGEST_* itself, as the SDK documents. */
export function inngest(): Inngest {
  shared.inngest ??= new Inngest({ id: APP_ID, logger: sdkLogger });
  return shared.inngest;
}
