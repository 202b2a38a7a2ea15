import type { Sql } from './database';

export interface ClaimedCall {
  id: string;
  runId: string;
  fnId: string;
  /** `step`, or the one step this call is for. */
  stepId: string;
  attempt: number;
  crashes: number;
  token: string;
  claimedAt: Date;
  limited: boolean;
}

export interface DueTimer {
  id: string;
  runId: string;
  kind: 'call' | 'timer' | 'invoke_timeout' | 'start_timeout' | 'finish_timeout';
  stepId: string | null;
}

const CALL_COLUMNS = `q.id, q.run_id as "runId", q.fn_id as "fnId", q.step_id as "stepId", q.attempt, q.crashes,
  q.token, q.claimed_at as "claimedAt", q.conc1 is not null as limited`;

/** The queue table: claims, hand-backs, timers. Every write after a claim names the claim's token (fence). */
export class QueueStore {
  /** @param notify SQL that wakes the engines of the other processes on commit */
  constructor(
    private readonly s: string,
    private readonly notify: string,
    private readonly lockClass: number,
  ) {}

  /** Takes up to `limit` due calls of functions this process knows. Without concurrency limits claims run in parallel. */
  async claim(tx: Sql, claim: { worker: number; token: string; functionIds: string[]; limit: number }) {
    return tx.query<ClaimedCall>(
      `update ${this.s}.queue q set locked_by = $1, token = $2, claimed_at = clock_timestamp()
       where q.id in (
         select id from ${this.s}.queue
         where locked_by is null and kind = 'call' and run_at <= clock_timestamp() and fn_id = any($3)
         order by run_at, id limit $4 for update skip locked)
       returning ${CALL_COLUMNS}`,
      [claim.worker, claim.token, claim.functionIds, claim.limit],
    );
  }

  /**
   * The same with concurrency limits: one claim at a time over all processes, and calls whose key is at its limit are
   * left out before the cut, so a full key does not stand in the way of others.
   */
  async claimWithLimits(tx: Sql, claim: { worker: number; token: string; functionIds: string[]; limit: number }) {
    await tx.query('select pg_advisory_xact_lock($1, 0)', [this.lockClass]);
    return tx.query<ClaimedCall>(
      `with used as (
         select key, count(*)::int as n from ${this.s}.queue, unnest(array[conc1, conc2]) as key
         where locked_by is not null and kind = 'call' and key is not null group by key),
       free as (
         select q.id, q.run_at, q.conc1, q.conc2,
           q.limit1 - coalesce(u1.n, 0) as room1, q.limit2 - coalesce(u2.n, 0) as room2
         from ${this.s}.queue q left join used u1 on u1.key = q.conc1 left join used u2 on u2.key = q.conc2
         where q.locked_by is null and q.kind = 'call' and q.run_at <= clock_timestamp() and q.fn_id = any($3)
           and (q.conc1 is null or q.limit1 > coalesce(u1.n, 0)) and (q.conc2 is null or q.limit2 > coalesce(u2.n, 0))
         order by q.run_at, q.id limit 1000),
       ranked as (
         select *, row_number() over (partition by conc1 order by run_at, id) as rank1,
           row_number() over (partition by conc2 order by run_at, id) as rank2 from free),
       chosen as (
         select id from ranked where (conc1 is null or rank1 <= room1) and (conc2 is null or rank2 <= room2)
         order by run_at, id limit $4)
       update ${this.s}.queue q set locked_by = $1, token = $2, claimed_at = clock_timestamp()
       from chosen where q.id = chosen.id and q.locked_by is null
       returning ${CALL_COLUMNS}`,
      [claim.worker, claim.token, claim.functionIds, claim.limit],
    );
  }

  /** @returns false when the claim was lost meanwhile: the result must then be thrown away. */
  async finish(tx: Sql, id: string, token: string): Promise<boolean> {
    const rows = await tx.query(`delete from ${this.s}.queue where id = $1 and token = $2 returning 1`, [id, token]);
    return rows.length > 0;
  }

  /** The same call again later. @returns false when the claim was lost */
  async repeat(tx: Sql, id: string, token: string, attempt: number, delayMs: number): Promise<boolean> {
    const rows = await tx.query(
      `update ${this.s}.queue set attempt = $3, crashes = 0, locked_by = null, token = null,
         run_at = clock_timestamp() + $4 * interval '1 ms'
       where id = $1 and token = $2 returning ${this.notify}`,
      [id, token, attempt, delayMs],
    );
    return rows.length > 0;
  }

  /** Gives claimed calls back. `faulty`: the engine itself stumbled, so wait a little and count it. */
  async release(sql: Sql, token: string, ids: string[] | null, faulty: boolean): Promise<void> {
    await sql.query(
      `update ${this.s}.queue set locked_by = null, token = null, crashes = crashes + $3::int,
         run_at = case when $3 = 0 then run_at else clock_timestamp() + interval '1 s' end
       where token = $1 and ($2::bigint[] is null or id = any($2)) returning ${this.notify}`,
      [token, ids, faulty ? 1 : 0],
    );
  }

  /** After a lost session: the process continues its claims under its new worker number. */
  async adopt(sql: Sql, worker: number, tokens: string[]): Promise<void> {
    await sql.query(`update ${this.s}.queue set locked_by = $1 where token = any($2)`, [worker, tokens]);
  }

  /** Gives back the claims of workers that no longer hold their session lock. @returns how many */
  async reap(sql: Sql): Promise<number> {
    const rows = await sql.query(
      `update ${this.s}.queue q set locked_by = null, token = null, crashes = crashes + 1,
         run_at = clock_timestamp() + least(crashes, 5) * random() * interval '1 s'
       where locked_by is not null and not exists (
         select 1 from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 2
           and l.classid = $1::bigint::oid and l.objid = q.locked_by::oid
           and l.database = (select oid from pg_database where datname = current_database()))
       returning ${this.notify}`,
      [this.lockClass >>> 0],
    );
    return rows.length;
  }

  /** Timers that are due, and how long until the next item is; overdue calls wait for a slot, not for a clock. */
  async agenda(sql: Sql, functionIds: string[], limit: number): Promise<{ due: DueTimer[]; nextMs: number | null }> {
    const rows = await sql.query<DueTimer & { inMs: number }>(
      `select id, run_id as "runId", kind, step_id as "stepId",
         (extract(epoch from run_at - clock_timestamp()) * 1000)::float8 as "inMs"
       from ${this.s}.queue
       where locked_by is null and (kind <> 'call' or run_at > now()) and fn_id = any($1)
       order by run_at limit $2`,
      [functionIds, limit],
    );
    const due = rows.filter((row) => row.inMs <= 0 && row.kind !== 'call');
    const next = rows.find((row) => row.inMs > 0 || row.kind === 'call');
    return { due, nextMs: next ? Math.max(0, next.inMs) : null };
  }
}
