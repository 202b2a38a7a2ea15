import { setTimeout as sleep } from 'node:timers/promises';
import { halt } from './halt';
import type { Program } from './program';
import { ExpectedError } from './say';

/** How many crashes in a row, before it ever answered, mean that it never will. */
const HOPELESS_CRASHES = 3;

/** Waits until `url` answers with a 2xx. @throws ExpectedError with the end of its log */
export async function untilAnswers(
  program: Program,
  name: string,
  url: string,
  opts: { timeoutMs: number; headers?: Record<string, string> },
): Promise<void> {
  const deadline = Date.now() + opts.timeoutMs;
  let last = 'no answer';
  while (Date.now() < deadline && program.crashes < HOPELESS_CRASHES) {
    halt.signal.throwIfAborted();
    try {
      const response = await fetch(url, { headers: opts.headers ?? {}, signal: AbortSignal.timeout(5000) });
      await response.body?.cancel();
      if (response.ok) return;
      last = `status ${response.status}`;
    } catch {
      // Not listening yet.
    }
    await sleep(60);
  }
  throw new ExpectedError(
    `${name} did not come up (${last} from ${url}). Its log (${program.logFile}) ends with:\n${program.lastLines(15)}`,
  );
}
