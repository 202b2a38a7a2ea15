import { Cron } from 'croner';
import { ulid } from 'ulid';
import type { Core } from './core';
import { concurrencyKeys, type EngineFunction, splitCron } from './function-registry';
import { errorText } from './logger';
import type { EngineEvent } from './protocol';

const MAX_SLEEP_MS = 60_000;
const seconds = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');

/** The next tick strictly after `after`, or null when there is none. */
export function nextTick(cron: string, after: Date): Date | null {
  const { timezone, pattern } = splitCron(cron);
  return new Cron(pattern, { timezone, paused: true }).nextRun(after);
}

export function cronEvent(cron: string, tick: Date, now: Date): EngineEvent {
  const at = seconds(tick);
  const data = { cron, scheduledAt: at, fireAt: seconds(now < tick ? tick : now) };
  return { id: at, name: 'inngest/scheduled.timer', data, ts: tick.getTime() };
}

/** Starts a run at each tick. Every process tries; the key of the tick lets one win. Missed ticks are not made up. */
export class CronScheduler {
  private timer: NodeJS.Timeout | undefined;
  private readonly next = new Map<string, { fn: EngineFunction; cron: string; at: Date }>();
  private running = false;

  constructor(private readonly core: Core) {}

  /** Also after the set of functions changed. */
  start(): void {
    this.running = true;
    this.next.clear();
    const now = new Date();
    for (const fn of this.core.functions().values()) for (const cron of fn.crons) this.plan(fn, cron, now);
    this.arm();
  }

  private plan(fn: EngineFunction, cron: string, after: Date): void {
    const at = nextTick(cron, after);
    const key = `${fn.id} ${cron}`;
    if (at) this.next.set(key, { fn, cron, at });
    else this.next.delete(key);
  }

  private arm(): void {
    clearTimeout(this.timer);
    if (!this.running || this.next.size === 0) return;
    const soonest = Math.min(...[...this.next.values()].map((entry) => entry.at.getTime()));
    this.timer = setTimeout(() => this.tick(), Math.max(1, Math.min(soonest - Date.now() + 1, MAX_SLEEP_MS)));
  }

  private tick(): void {
    const now = new Date();
    for (const { fn, cron, at } of [...this.next.values()]) {
      if (at > now) continue;
      // A laptop that slept through ticks runs only the latest: what is older than a minute is missed.
      if (now.getTime() - at.getTime() < MAX_SLEEP_MS) void this.fire(fn, cron, at);
      this.plan(fn, cron, now);
    }
    this.arm();
  }

  private async fire(fn: EngineFunction, cron: string, at: Date): Promise<void> {
    const { core } = this;
    const event = cronEvent(cron, at, new Date());
    const id = ulid();
    try {
      await core.database.persist(async (tx) => {
        if (!(await core.runs.takeKey(tx, fn.id, `cron:${cron}:${event.id}`, id))) return;
        const concurrency = concurrencyKeys(fn, event);
        await core.runs.insert(tx, [{ id, fnId: fn.id, event, concurrency, startTimeoutMs: fn.startTimeoutMs }]);
      });
      core.wake();
    } catch (error) {
      core.logger.warn({ err: errorText(error), functionId: fn.id, cron }, 'a cron tick was missed');
    }
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.timer);
  }
}
