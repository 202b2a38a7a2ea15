import type { Sql } from './database';
import type { ConcurrencyKey } from './function-registry';
import type { EngineEvent, Json, StoredStep } from './protocol';

export type RunStatus = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';

export interface RunRow {
  id: string;
  fnId: string;
  status: RunStatus;
  event: EngineEvent;
  parentRun: string | null;
  parentStep: string | null;
}

export interface NewRun {
  id: string;
  fnId: string;
  event: EngineEvent;
  concurrency: ConcurrencyKey[];
  startTimeoutMs: number | null;
  parentRun?: string;
  parentStep?: string;
}

export interface NewStep {
  runId: string;
  id: string;
  op: string;
  name: string | null;
}

const RUN = 'id, fn_id as "fnId", status, event, parent_run as "parentRun", parent_step as "parentStep"';
const COPY = 'conc1, limit1, conc2, limit2';

export const isActive = (status: RunStatus): boolean => status === 'queued' || status === 'running';

/** Runs and their steps. Whoever changes a run's steps holds the run's row lock (`lock`). */
export class RunStore {
  constructor(
    private readonly s: string,
    private readonly notify: string,
  ) {}

  async lock(tx: Sql, runIds: string[]): Promise<RunRow[]> {
    return tx.query<RunRow>(`select ${RUN} from ${this.s}.runs where id = any($1) order by id for no key update`, [
      runIds,
    ]);
  }

  async activeOf(tx: Sql, fnIds: string[]): Promise<(RunRow & { ageMs: number })[]> {
    return tx.query(
      `select ${RUN}, (extract(epoch from clock_timestamp() - created_at) * 1000)::float8 as "ageMs"
       from ${this.s}.runs where fn_id = any($1) and status in ('queued', 'running')`,
      [fnIds],
    );
  }

  /** Inserts runs with their first call and, where the function has one, their start timeout. */
  async insert(tx: Sql, runs: NewRun[]): Promise<void> {
    if (runs.length === 0) return;
    const column = <T>(pick: (run: NewRun) => T) => runs.map(pick);
    await tx.query(
      `with run as (
         insert into ${this.s}.runs (id, fn_id, status, event, event_name, ${COPY}, parent_run, parent_step)
         select id, fn, 'queued', event::json, name, c1, l1, c2, l2, parent, step
         from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::int[],
                     $9::text[], $10::text[]) as t(id, fn, event, name, c1, l1, c2, l2, parent, step)
         returning *),
       call as (
         insert into ${this.s}.queue (run_id, fn_id, kind, step_id, ${COPY})
         select id, fn_id, 'call', 'step', ${COPY} from run order by id),
       timeout as (
         insert into ${this.s}.queue (run_id, fn_id, kind, run_at)
         select run.id, run.fn_id, 'start_timeout', clock_timestamp() + t.ms * interval '1 ms'
         from run join unnest($1::text[], $11::float8[]) as t(id, ms) on t.id = run.id where t.ms is not null)
       select ${this.notify}`,
      [
        column((run) => run.id),
        column((run) => run.fnId),
        column((run) => JSON.stringify(run.event)),
        column((run) => run.event.name),
        column((run) => run.concurrency[0]?.key ?? null),
        column((run) => run.concurrency[0]?.limit ?? null),
        column((run) => run.concurrency[1]?.key ?? null),
        column((run) => run.concurrency[1]?.limit ?? null),
        column((run) => run.parentRun ?? null),
        column((run) => run.parentStep ?? null),
        column((run) => run.startTimeoutMs),
      ],
    );
  }

  /** @returns true when this run owns the key now: nobody used it within the last 24 hours */
  async takeKey(tx: Sql, fnId: string, key: string, runId: string): Promise<boolean> {
    const rows = await tx.query(
      `insert into ${this.s}.run_keys as k (fn_id, key, run_id, expires_at)
       values ($1, $2, $3, clock_timestamp() + interval '24 hours')
       on conflict (fn_id, key) do update set run_id = excluded.run_id, expires_at = excluded.expires_at
       where k.expires_at < clock_timestamp() returning 1`,
      [fnId, key, runId],
    );
    return rows.length > 0;
  }

  /** Marks the run as started (once, with its finish timeout) and reads what a call needs. Null: no such run. */
  async load(
    tx: Sql,
    runId: string,
    finishTimeoutMs: number | null,
  ): Promise<{ run: RunRow; steps: StoredStep[] } | null> {
    const [run] = await tx.query<RunRow>(
      `with started as (
         update ${this.s}.runs set status = 'running', started_at = clock_timestamp()
         where id = $1 and status = 'queued' returning id, fn_id),
       timeout as (
         insert into ${this.s}.queue (run_id, fn_id, kind, run_at)
         select id, fn_id, 'finish_timeout', clock_timestamp() + $2::float8 * interval '1 ms' from started
         where $2 is not null)
       select ${RUN} from ${this.s}.runs where id = $1`,
      [runId, finishTimeoutMs],
    );
    if (!run) return null;
    const steps = await tx.query<StoredStep>(
      `select id, status, data, error from ${this.s}.steps where run_id = $1 and status <> 'pending' order by seq`,
      [runId],
    );
    return { run, steps };
  }

  /**
   * Stores the value of a step, whether it was announced before or not. A value once stored is never
   * replaced. @returns false when it was stored already
   */
  async storeStep(tx: Sql, step: NewStep, value: { data: Json } | { error: Json }): Promise<boolean> {
    const failed = 'error' in value;
    const rows = await tx.query(
      `insert into ${this.s}.steps as t (run_id, id, op, name, status, data, error, seq, ended_at)
       values ($1, $2, $3, $4, $5, $6::json, $7::json, nextval('${this.s}.step_order'), clock_timestamp())
       on conflict (run_id, id) do update set status = excluded.status, data = excluded.data, error = excluded.error,
         op = excluded.op, seq = excluded.seq, ended_at = excluded.ended_at where t.status = 'pending' returning 1`,
      [
        step.runId,
        step.id,
        step.op,
        step.name,
        failed ? 'error' : 'done',
        failed ? null : JSON.stringify(value.data ?? null),
        failed ? JSON.stringify(value.error ?? null) : null,
      ],
    );
    return rows.length > 0;
  }

  /** Gives a waiting step its value and forgets its wait and timers. @returns false when it already had one */
  async resolveStep(tx: Sql, runId: string, stepId: string, value: { data: Json } | { error: Json }): Promise<boolean> {
    const failed = 'error' in value;
    const rows = await tx.query(
      `with done as (
         update ${this.s}.steps set status = $3, data = $4::json, error = $5::json,
           seq = nextval('${this.s}.step_order'), ended_at = clock_timestamp()
         where run_id = $1 and id = $2 and status = 'pending' returning 1),
       waits as (delete from ${this.s}.waits where run_id = $1 and step_id = $2),
       timers as (delete from ${this.s}.queue where run_id = $1 and step_id = $2 and kind in ('timer', 'invoke_timeout'))
       select 1 from done`,
      [
        runId,
        stepId,
        failed ? 'error' : 'done',
        failed ? null : JSON.stringify(value.data ?? null),
        failed ? JSON.stringify(value.error ?? null) : null,
      ],
    );
    return rows.length > 0;
  }

  /** @returns false when the step is already known to this run */
  async announceStep(tx: Sql, step: NewStep): Promise<boolean> {
    const rows = await tx.query(
      `insert into ${this.s}.steps (run_id, id, op, name, status) values ($1, $2, $3, $4, 'pending')
       on conflict do nothing returning 1`,
      [step.runId, step.id, step.op, step.name],
    );
    return rows.length > 0;
  }

  async enqueueCall(tx: Sql, runId: string, stepId: string): Promise<void> {
    await tx.query(
      `with added as (
         insert into ${this.s}.queue (run_id, fn_id, kind, step_id, ${COPY})
         select id, fn_id, 'call', $2, ${COPY} from ${this.s}.runs where id = $1)
       select ${this.notify}`,
      [runId, stepId],
    );
  }

  async enqueueTimer(tx: Sql, run: RunRow, kind: string, stepId: string, at: Date): Promise<void> {
    await tx.query(
      `with added as (
         insert into ${this.s}.queue (run_id, fn_id, kind, step_id, run_at) values ($1, $2, $3, $4, $5))
       select ${this.notify}`,
      [run.id, run.fnId, kind, stepId, at],
    );
  }

  /** Plans the next "what now?" call once every open step of the run has its value. */
  async advance(tx: Sql, runId: string): Promise<void> {
    await tx.query(
      `with added as (
         insert into ${this.s}.queue (run_id, fn_id, kind, step_id, ${COPY})
         select id, fn_id, 'call', 'step', ${COPY} from ${this.s}.runs r
         where id = $1 and status in ('queued', 'running')
           and not exists (select 1 from ${this.s}.steps where run_id = r.id and status = 'pending')
           and not exists (select 1 from ${this.s}.queue where run_id = r.id and kind = 'call')
         returning 1)
       select ${this.notify} from added`,
      [runId],
    );
  }

  /** Ends the run and forgets what it waited for. A call in flight keeps its place until it returns. */
  async end(tx: Sql, runId: string, status: RunStatus, output: Json, error: Json): Promise<void> {
    await tx.query(
      `with items as (delete from ${this.s}.queue where run_id = $1 and locked_by is null),
       open_waits as (delete from ${this.s}.waits where run_id = $1)
       update ${this.s}.runs set status = $2, output = $3::json, error = $4::json, ended_at = clock_timestamp()
       where id = $1`,
      [runId, status, JSON.stringify(output ?? null), error === null ? null : JSON.stringify(error)],
    );
  }
}
