import { processState } from '@/platform/process/process-state';
import { IngestThread } from './ingest-thread';

/** More than the machine has cores would only take turns; the rest of the app wants some of them too. */
const MAX_THREADS = 2;
const KEEP_IDLE_MS = 60_000;

interface Threads {
  idle: IngestThread[];
  busy: number;
  queue: (() => void)[];
}

// The limit is one per process.
const shared = processState<{ ingest?: Threads }>();

const threads = (): Threads => {
  shared.ingest ??= { idle: [], busy: 0, queue: [] };
  return shared.ingest;
};

/**
 * Lends a thread to `work`; further callers wait for their turn. When the signal fires, or work fails, the thread is
 * ended at once: it may be in the middle of a long line. Urgent work is short, and somebody waits for it: running imports
 * leave a thread for it.
 */
export async function withIngestThread<T>(
  signal: AbortSignal,
  work: (thread: IngestThread) => Promise<T>,
  { urgent = false } = {},
): Promise<T> {
  await turn(signal, urgent ? MAX_THREADS + 1 : MAX_THREADS);
  const thread = takeThread();
  const onAbort = () => void thread.stop(reasonOf(signal));
  signal.addEventListener('abort', onAbort);
  try {
    signal.throwIfAborted();
    const result = await work(thread);
    giveBack(thread);
    return result;
  } catch (error) {
    await thread.stop();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    threads().busy--;
    // All of them: one that has given up meanwhile must not swallow another's turn.
    for (const wake of threads().queue.splice(0)) wake();
  }
}

/** Waits until fewer than the maximum are busy, and counts as busy from then on. */
async function turn(signal: AbortSignal, max: number): Promise<void> {
  const state = threads();
  while (state.busy >= max) {
    signal.throwIfAborted();
    await new Promise<void>((resolve) => {
      state.queue.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
  state.busy++;
}

function takeThread(): IngestThread {
  const { idle } = threads();
  for (let thread = idle.pop(); thread; thread = idle.pop()) {
    if (!thread.alive) continue;
    thread.wake();
    return thread;
  }
  return new IngestThread();
}

function giveBack(thread: IngestThread): void {
  if (!thread.alive) return;
  thread.rest();
  threads().idle.push(thread);
  setTimeout(() => {
    const { idle } = threads();
    const place = idle.indexOf(thread);
    if (place < 0) return;
    idle.splice(place, 1);
    void thread.stop();
  }, KEEP_IDLE_MS).unref();
}

const reasonOf = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason));
