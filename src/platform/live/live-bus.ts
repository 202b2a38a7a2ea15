import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';
import { LIVE_CHANNEL, liveListener, startListening } from './listener';

const COALESCE_MS = 250;
/** A stream looks at the table this often even when no signal came, so a lost signal costs seconds, not the stream. */
const SAFETY_MS = 5000;

/**
 * Says "look again" to whoever watches the topic (`job:<id>`, `dataset:<id>`, `workspace:<id>:jobs`), in every process.
 * Inside a transaction the signal leaves with the commit. It carries ids only: the table says what happened.
 */
export async function notifyLive(tx: Tx | undefined, topic: string): Promise<void> {
  await database(tx).$executeRaw`SELECT pg_notify(${LIVE_CHANNEL}, ${topic})`;
}

/**
 * Wakes for any of the topics, at most four times a second; also once every few seconds without a signal.
 * The first wake comes at once: attach first, read the backlog after it, and no signal can fall between.
 * Throws an AbortError when the signal fires or the process shuts down (clients then resume elsewhere).
 */
export async function* liveWakeups(
  topics: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<'start' | 'signal' | 'safety'> {
  const listener = liveListener();
  const stop = AbortSignal.any([signal, listener.shutdown.signal]);
  const wanted = new Set(topics);
  let pending = false;
  let wake: (() => void) | null = null;
  const onTopic = (topic: string) => {
    if (topic !== '*' && !wanted.has(topic)) return;
    pending = true;
    wake?.();
  };
  const onAbort = () => wake?.();
  listener.emitter.on('topic', onTopic);
  stop.addEventListener('abort', onAbort);
  try {
    // With the database unreachable the stream still lives: the safety interval reads (and reports) for itself.
    await startListening().catch(() => undefined);
    yield 'start';
    for (;;) {
      if (!pending && !stop.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, SAFETY_MS);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = null;
      }
      stop.throwIfAborted();
      const reason = pending ? 'signal' : 'safety';
      pending = false;
      yield reason;
      await new Promise((resolve) => setTimeout(resolve, COALESCE_MS));
    }
  } finally {
    listener.emitter.off('topic', onTopic);
    stop.removeEventListener('abort', onAbort);
  }
}
