import type { Database, Sql } from './database';
import type { EngineFunction } from './function-registry';
import type { EngineLogger } from './logger';
import type { Json, JsonObject } from './protocol';
import type { QueueStore } from './queue.store';
import type { RunRow, RunStore } from './run.store';

export type Outcome =
  | { status: 'completed'; output: Json }
  | { status: 'failed'; error: JsonObject }
  | { status: 'cancelled' };

/** What the parts of the engine share. */
export interface Core {
  database: Database;
  /** Quoted schema name, ready for SQL text. */
  s: string;
  /** First number of the advisory locks on event names. */
  eventLockClass: number;
  runs: RunStore;
  queue: QueueStore;
  logger: EngineLogger;
  functions: () => Map<string, EngineFunction>;
  /** Milliseconds before attempt + 1. */
  retryDelayMs: (attempt: number) => number;
  /** Looks for work in this process now. */
  wake: () => void;
  /** Part of the caller's transaction; the caller holds the run's row lock. */
  endRun: (tx: Sql, run: RunRow, outcome: Outcome) => Promise<void>;
}
