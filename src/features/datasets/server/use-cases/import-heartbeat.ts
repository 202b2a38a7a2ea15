import { logger } from '@/platform/logger/logger';

const BEAT_MS = 500;

/**
 * Calls `beat` twice a second, one call at a time; the signal fires when it says that the import is no longer ours.
 * A beat that fails (a database restart) is tried again: the next one tells.
 */
export function startHeartbeat(beat: () => Promise<boolean>): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const schedule = () => {
    if (!stopped) timer = setTimeout(() => void run(), BEAT_MS);
  };
  const run = async () => {
    try {
      if (!(await beat()) && !stopped) controller.abort(new Error('This import was cancelled or taken over.'));
    } catch (error) {
      logger.warn({ err: String(error) }, 'import: progress could not be stored, trying again');
    }
    if (!controller.signal.aborted) schedule();
  };
  schedule();
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
  };
  return { signal: controller.signal, stop };
}
