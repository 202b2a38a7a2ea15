const KEEP_IDLE_MS = 60_000;

/** Something that does one piece of work after the other, beside the main thread. */
interface Helper {
  readonly alive: boolean;
  /** While nothing is asked of it, it must not keep the process alive. */
  rest(): void;
  wake(): void;
  /** Ends it wherever it is. */
  stop(reason?: Error): Promise<void>;
}

/** Lends helpers, so many at a time, to whoever has work; the others wait. Idle ones are kept for a minute. */
export class Lender<T extends Helper> {
  private readonly idle: T[] = [];
  private readonly queue: (() => void)[] = [];
  /** Helpers at work. */
  busy = 0;

  constructor(
    private readonly make: () => T,
    private readonly max: number,
  ) {}

  /** When the signal fires, or work fails, the helper is ended at once: it may be in the middle of something long. */
  async lend<R>(signal: AbortSignal, work: (helper: T) => Promise<R>): Promise<R> {
    await this.turn(signal);
    const helper = this.take();
    const onAbort = () => void helper.stop(reasonOf(signal));
    signal.addEventListener('abort', onAbort);
    try {
      signal.throwIfAborted();
      const result = await work(helper);
      this.giveBack(helper);
      return result;
    } catch (error) {
      await helper.stop();
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.busy--;
      // All of them: one that has given up meanwhile must not swallow another's turn.
      for (const wake of this.queue.splice(0)) wake();
    }
  }

  /** Waits until fewer than the maximum are busy, and counts as busy from then on. */
  private async turn(signal: AbortSignal): Promise<void> {
    while (this.busy >= this.max) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        this.queue.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    this.busy++;
  }

  private take(): T {
    for (let helper = this.idle.pop(); helper; helper = this.idle.pop()) {
      if (!helper.alive) continue;
      helper.wake();
      return helper;
    }
    return this.make();
  }

  private giveBack(helper: T): void {
    if (!helper.alive) return;
    helper.rest();
    this.idle.push(helper);
    setTimeout(() => {
      const place = this.idle.indexOf(helper);
      if (place < 0) return;
      this.idle.splice(place, 1);
      void helper.stop();
    }, KEEP_IDLE_MS).unref();
  }
}

const reasonOf = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason));
