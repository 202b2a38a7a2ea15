import { ulid } from 'ulid';
import type { Core } from './core';
import type { Sql } from './database';
import { compileExpression, type Expression } from './expression';
import { concurrencyKeys, type EngineFunction, isTriggeredBy } from './function-registry';
import { lockNumber, sha256 } from './ids';
import type { EngineEvent } from './protocol';
import { isActive, type NewRun } from './run.store';

export interface IncomingEvent {
  /** Row id: derived from the send, so a repeated send finds its first copy. */
  rowId: string;
  event: EngineEvent;
  /** The sender chose `event.id`: at most one run a function within 24 h. */
  customId: boolean;
}

/**
 * An event transaction holds its names shared, a transaction that creates a wait holds them exclusively and then looks
 * back at what was received since its call began. Without this an event that arrives just then is lost to the wait.
 */
export async function lockEventNames(
  core: Core,
  tx: Sql,
  names: string[],
  mode: 'shared' | 'exclusive',
): Promise<void> {
  const numbers = [...new Set(names.map(lockNumber))].sort((a, b) => a - b);
  const lock = mode === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  await tx.query(`select ${lock}($1, n) from unnest($2::int[]) as n`, [core.eventLockClass, numbers]);
}

async function storeFresh(core: Core, tx: Sql, events: IncomingEvent[]): Promise<IncomingEvent[]> {
  const rows = await tx.query<{ id: string }>(
    `insert into ${core.s}.events (id, name, payload)
     select id, name, payload::json from unnest($1::text[], $2::text[], $3::text[]) as t(id, name, payload)
     on conflict do nothing returning id`,
    [
      events.map((item) => item.rowId),
      events.map((item) => item.event.name),
      events.map((item) => JSON.stringify(item.event)),
    ],
  );
  const fresh = new Set(rows.map((row) => row.id));
  return events.filter((item) => fresh.has(item.rowId));
}

/** A run of this function for this event, or null when its event id or idempotency key was used within 24 hours. */
async function newRun(core: Core, tx: Sql, fn: EngineFunction, item: IncomingEvent): Promise<NewRun | null> {
  const id = ulid();
  const { event } = item;
  const keys: string[] = [];
  if (item.customId) keys.push(`event:${sha256(event.id)}`);
  if (fn.idempotency) keys.push(`idempotency:${sha256(JSON.stringify(fn.idempotency({ event }) ?? null))}`);
  for (const key of keys) if (!(await core.runs.takeKey(tx, fn.id, key, id))) return null;
  return { id, fnId: fn.id, event, concurrency: concurrencyKeys(fn, event), startTimeoutMs: fn.startTimeoutMs };
}

async function startRuns(core: Core, tx: Sql, events: IncomingEvent[]): Promise<void> {
  const runs: NewRun[] = [];
  for (const item of events)
    for (const fn of core.functions().values()) {
      const run = isTriggeredBy(fn, item.event) ? await newRun(core, tx, fn, item) : null;
      if (run) runs.push(run);
    }
  await core.runs.insert(tx, runs);
}

const compiled = new Map<string, Expression>();

/** Conditions of waits come from running code: compiled when first met. @throws ExpressionError */
export function waitCondition(source: string | null): Expression | null {
  if (source === null) return null;
  let expression = compiled.get(source);
  if (!expression) {
    expression = compileExpression(source, ['event', 'async']);
    if (compiled.size > 1000) compiled.clear();
    compiled.set(source, expression);
  }
  return expression;
}

const holds = (condition: Expression | null, event: EngineEvent, incoming: EngineEvent): boolean =>
  condition === null || condition({ event, async: incoming }) === true;

interface Wait {
  runId: string;
  stepId: string;
  name: string;
  condition: string | null;
  event: EngineEvent;
}

async function matchWaits(core: Core, tx: Sql, events: EngineEvent[]) {
  const waits = await tx.query<Wait>(
    `select w.run_id as "runId", w.step_id as "stepId", w.name, w.condition, r.event
     from ${core.s}.waits w join ${core.s}.runs r on r.id = w.run_id where w.name = any($1)`,
    [[...new Set(events.map((event) => event.name))]],
  );
  return waits.flatMap((wait) => {
    const hit = events.find(
      (event) => event.name === wait.name && holds(waitCondition(wait.condition), wait.event, event),
    );
    return hit ? [{ runId: wait.runId, stepId: wait.stepId, event: hit }] : [];
  });
}

async function matchCancellations(core: Core, tx: Sql, events: EngineEvent[]): Promise<Set<string>> {
  const names = new Set(events.map((event) => event.name));
  const functions = [...core.functions().values()].filter((fn) =>
    fn.cancelOn.some((cancel) => names.has(cancel.event)),
  );
  if (functions.length === 0) return new Set();
  const runs = await core.runs.activeOf(
    tx,
    functions.map((fn) => fn.id),
  );
  const cancelled = runs.filter((run) =>
    core
      .functions()
      .get(run.fnId)
      ?.cancelOn.some(
        (cancel) =>
          (cancel.timeoutMs === null || run.ageMs <= cancel.timeoutMs) &&
          events.some(
            (event) =>
              event.name === cancel.event && event.id !== run.event.id && holds(cancel.condition, run.event, event),
          ),
      ),
  );
  return new Set(cancelled.map((run) => run.id));
}

/**
 * Takes events in, inside the caller's transaction: stores them, starts runs, resolves waits, cancels runs.
 * Events whose row id is already stored are a repeated send and do nothing.
 */
export async function takeIn(core: Core, tx: Sql, events: IncomingEvent[]): Promise<void> {
  await lockEventNames(
    core,
    tx,
    events.map((item) => item.event.name),
    'shared',
  );
  const fresh = await storeFresh(core, tx, events);
  if (fresh.length === 0) return;
  await startRuns(core, tx, fresh);
  const payloads = fresh.map((item) => item.event);
  const hits = await matchWaits(core, tx, payloads);
  const cancelled = await matchCancellations(core, tx, payloads);
  const touched = new Set([...hits.map((hit) => hit.runId), ...cancelled]);
  if (touched.size === 0) return;
  for (const run of await core.runs.lock(tx, [...touched])) {
    if (!isActive(run.status)) continue;
    if (cancelled.has(run.id)) {
      await core.endRun(tx, run, { status: 'cancelled' });
      continue;
    }
    for (const hit of hits.filter((item) => item.runId === run.id))
      await core.runs.resolveStep(tx, run.id, hit.stepId, { data: hit.event as never });
    await core.runs.advance(tx, run.id);
  }
}

/** The first stored event since `since` that a wait created just now should have seen. The caller holds the name. */
export async function missedEvent(
  core: Core,
  tx: Sql,
  wait: { name: string; condition: string | null; event: EngineEvent; since: Date },
): Promise<EngineEvent | null> {
  const rows = await tx.query<{ payload: EngineEvent }>(
    `select payload from ${core.s}.events where name = $1 and received_at >= $2 order by received_at, id`,
    [wait.name, wait.since],
  );
  return rows.find((row) => holds(waitCondition(wait.condition), wait.event, row.payload))?.payload ?? null;
}
