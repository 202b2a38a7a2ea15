import 'server-only';
import { startJobPoller } from '@/features/jobs/server';
import { startListening, stopListening } from '@/platform/live/listener';
import { logger } from '@/platform/logger/logger';
import { runOutbox } from '@/platform/outbox/deliver-outbox';
import { processState } from '@/platform/process/process-state';
import { liftRequestTimeout } from '@/platform/upload/request-timeout';
import { durableEngine } from './durable';
import { services } from './services';
import { keepStorageClean } from './storage';

const shared = processState<{ background?: AbortController }>();

/** Everything that runs in each process beside requests: live updates, outbox, durable engine, job poller. */
export function startBackground(): void {
  if (shared.background) return;
  const stop = new AbortController();
  shared.background = stop;
  liftRequestTimeout();
  void startListening().catch((error) =>
    logger.warn({ err: String(error) }, 'live updates: database not reachable yet'),
  );
  void Promise.resolve(durableEngine()?.start()).catch((error) =>
    logger.error({ err: String(error) }, 'durable engine did not start'),
  );
  keepStorageClean(stop.signal);
  void runOutbox(stop.signal);
  void startJobPoller(services().jobs, stop.signal);
}

/** Ends streams so that clients resume elsewhere, takes no new work, and lets steps in flight finish. */
export async function stopBackground(): Promise<void> {
  shared.background?.abort();
  await Promise.allSettled([stopListening(), durableEngine()?.stop()]);
}
