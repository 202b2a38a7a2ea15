import { logger } from '@/platform/logger/logger';
import { startBackground, stopBackground } from '@/server/background';

const LAST_RESORT_MS = 8000;

/** Starts what runs beside requests. Nothing here waits for the network: with the database down the server still answers. */
export function startProcess(): void {
  startBackground();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      logger.info({ signal }, 'stopping');
      setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
      void stopBackground();
    });
  }
}
