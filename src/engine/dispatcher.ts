import { randomUUID } from 'node:crypto';
import type { Answer } from './answer';
import type { Core } from './core';
import { isTransient } from './database';
import type { EngineFunction } from './function-registry';
import { errorText } from './logger';
import type { CallInput } from './protocol';
import type { ClaimedCall } from './queue.store';
import { isActive } from './run.store';
import { giveUp, settle } from './settle';
import { fireTimer } from './timers';
import type { WorkerSession } from './worker-session';

const MAX_CRASHES = 10;
const TIMERS_AT_ONCE = 40;
/** A lost session may come back and adopt its claims: others wait this long after their own reconnection. */
const REAP_GRACE_MS = 3000;

export interface DispatcherOptions {
  core: Core;
  session: WorkerSession;
  slots: number;
  pollMs: number;
  /** Performs one call of the SDK. Throws when the endpoint could not be reached. */
  call: (fn: EngineFunction, input: CallInput) => Promise<Answer>;
}

interface Flight {
  call: ClaimedCall;
  done: Promise<void>;
}

/** Claims due calls, runs them in this process's slots, fires timers, and takes back what dead workers held. */
export class Dispatcher {
  private readonly flights = new Map<string, Flight>();
  /** Claims that may exist in the database although nobody works on them: an answer got lost. */
  private readonly lost: { token: string; ids: string[] | null; at: number }[] = [];
  private running = false;
  private woken = false;
  private sleeper: { resume: () => void; timer: NodeJS.Timeout } | null = null;
  private reapTimer: NodeJS.Timeout | undefined;
  private loopDone: Promise<void> = Promise.resolve();
  lastPassAt: number | null = null;

  constructor(private readonly options: DispatcherOptions) {}

  get inFlight(): number {
    return this.flights.size;
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.loopDone = this.loop();
    this.reapTimer = setInterval(() => void this.reap(), this.options.pollMs);
    void this.reap();
  }

  wake(): void {
    this.woken = true;
    this.sleeper?.resume();
  }

  private async loop(): Promise<void> {
    while (this.running) {
      this.woken = false;
      let waitMs = this.options.pollMs;
      try {
        waitMs = await this.pass();
        this.lastPassAt = Date.now();
      } catch (error) {
        waitMs = 500;
        const level = isTransient(error) ? 'warn' : 'error';
        this.options.core.logger[level]({ err: errorText(error) }, 'the engine could not look for work');
      }
      if (this.running && !this.woken) await this.sleep(waitMs);
    }
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const resume = () => {
        clearTimeout(timer);
        this.sleeper = null;
        resolve();
      };
      const timer = setTimeout(resume, ms);
      this.sleeper = { resume, timer };
    });
  }

  /** @returns milliseconds until it is worth looking again, unless something wakes the loop */
  private async pass(): Promise<number> {
    const { core, session, slots, pollMs } = this.options;
    const functionIds = [...core.functions().keys()];
    if (session.worker === null || functionIds.length === 0) return pollMs;
    const free = slots - this.flights.size;
    const claimed = free > 0 ? await this.claim(session.worker, functionIds, free) : 0;
    const { due, nextMs } = await core.queue.agenda(core.database, functionIds, TIMERS_AT_ONCE);
    // One that cannot be fired must not keep those behind it waiting: it is told when all had their turn.
    let failure: PromiseRejectedResult | undefined;
    for (let at = 0; at < due.length; at += 4) {
      const fired = await Promise.allSettled(due.slice(at, at + 4).map((timer) => fireTimer(core, timer)));
      failure ??= fired.find((result) => result.status === 'rejected');
    }
    if (failure) throw failure.reason;
    if (due.length > 0 || (claimed > 0 && claimed < free)) return 0;
    // +1: setTimeout may fire up to a millisecond early, and nothing may ever run early.
    return nextMs === null ? pollMs : Math.min(pollMs, Math.ceil(nextMs) + 1);
  }

  private async claim(worker: number, functionIds: string[], limit: number): Promise<number> {
    const { core, session } = this.options;
    const token = randomUUID();
    const claim = { worker, token, functionIds, limit };
    const limited = [...core.functions().values()].some((fn) => fn.concurrency.length > 0);
    let calls: ClaimedCall[];
    try {
      calls = limited
        ? await core.database.transaction((tx) => core.queue.claimWithLimits(tx, claim))
        : await core.queue.claim(core.database, claim);
    } catch (error) {
      this.lost.push({ token, ids: null, at: Date.now() });
      throw error;
    }
    if (calls.length > 0 && session.worker !== worker) {
      // The session was lost while claiming: under the old number others may take these calls at any time.
      this.lost.push({ token, ids: null, at: 0 });
      return 0;
    }
    for (const call of calls) {
      const done = this.execute(call).finally(() => {
        this.flights.delete(call.id);
        this.wake();
      });
      this.flights.set(call.id, { call, done });
    }
    return calls.length;
  }

  private async execute(call: ClaimedCall): Promise<void> {
    const { core } = this.options;
    try {
      await this.perform(call);
    } catch (error) {
      const fields = { err: errorText(error), runId: call.runId, functionId: call.fnId };
      core.logger.warn(fields, 'a function call could not be carried out; it is given back');
      await core.database
        .persist((tx) => core.queue.release(tx, call.token, [call.id], true))
        .catch(() => this.lost.push({ token: call.token, ids: [call.id], at: Date.now() }));
    }
  }

  private async perform(call: ClaimedCall): Promise<void> {
    const { core } = this.options;
    const fn = core.functions().get(call.fnId);
    if (!fn) throw new Error(`Function ${call.fnId} was unregistered`);
    if (call.crashes >= MAX_CRASHES) {
      await giveUp(core, call, `The process running this function died or failed ${call.crashes} times in a row.`);
      return;
    }
    const loaded = await core.runs.load(core.database, call.runId, fn.finishTimeoutMs);
    if (!loaded || !isActive(loaded.run.status)) {
      await core.queue.finish(core.database, call.id, call.token);
      return;
    }
    const answer = await this.options.call(fn, {
      runId: call.runId,
      event: loaded.run.event,
      steps: loaded.steps,
      attempt: call.attempt,
      maxAttempts: fn.maxAttempts,
      stepId: call.stepId,
    });
    await settle(core, call, fn, answer, loaded.steps.length);
  }

  private tokens(): string[] {
    return [...new Set([...this.flights.values()].map((flight) => flight.call.token))];
  }

  /** After a new session: what this process works on now belongs to its new worker number. */
  async adopt(worker: number, sql: Parameters<Core['queue']['adopt']>[0]): Promise<void> {
    const tokens = this.tokens();
    if (tokens.length > 0) await this.options.core.queue.adopt(sql, worker, tokens);
  }

  private async reap(): Promise<void> {
    const { core, session, pollMs } = this.options;
    const firstTime = this.lastPassAt === null;
    await session.use(async (sql) => {
      if (firstTime || session.ageMs > REAP_GRACE_MS) {
        if ((await core.queue.reap(sql)) > 0) this.wake();
      }
      const now = Date.now();
      for (const item of [...this.lost]) {
        if (now - item.at < pollMs) continue;
        await core.queue.release(sql, item.token, item.ids, true);
        // The statement whose answer was lost may still have been running: look a few times.
        if (now - item.at > 6 * pollMs) this.lost.splice(this.lost.indexOf(item), 1);
        this.wake();
      }
    });
  }

  /** No new claims; waits for calls in flight, then gives the rest back. */
  async stop(graceMs: number): Promise<void> {
    if (!this.running) return;
    this.running = false;
    clearInterval(this.reapTimer);
    this.wake();
    await this.loopDone;
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([Promise.allSettled([...this.flights.values()].map((flight) => flight.done)), grace]);
    clearTimeout(timer);
    for (const { call } of this.flights.values())
      await this.options.core.queue.release(this.options.core.database, call.token, [call.id], false).catch(() => {});
  }
}
