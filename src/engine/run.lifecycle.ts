import { ulid } from 'ulid';
import { engineError } from './answer';
import type { Core, Outcome } from './core';
import type { Sql } from './database';
import { type IncomingEvent, takeIn } from './event.intake';
import type { JsonObject } from './protocol';
import { isActive, type RunRow } from './run.store';

function lifecycleEvents(run: RunRow, outcome: Outcome): IncomingEvent[] {
  // Runs started by these two send none, else a listener would feed itself without end.
  if (run.event.name === 'inngest/function.failed' || run.event.name === 'inngest/function.finished') return [];
  const event = run.event as unknown as JsonObject;
  const base: JsonObject = { function_id: run.fnId, run_id: run.id, event, events: [event] };
  const build = (name: string, data: JsonObject): IncomingEvent => {
    const id = ulid();
    return { rowId: id, customId: false, event: { id, name: `inngest/function.${name}`, data, ts: Date.now() } };
  };
  if (outcome.status === 'cancelled') return [build('cancelled', base)];
  if (outcome.status === 'completed') return [build('finished', { ...base, result: outcome.output })];
  const failure = { ...base, error: outcome.error, result: { __serialized: true, ...outcome.error } };
  return [build('failed', failure), build('finished', failure)];
}

async function informParent(core: Core, tx: Sql, run: RunRow, outcome: Outcome): Promise<void> {
  if (!run.parentRun || !run.parentStep) return;
  const [parent] = await core.runs.lock(tx, [run.parentRun]);
  if (!parent || !isActive(parent.status)) return;
  const value =
    outcome.status === 'completed'
      ? { data: outcome.output }
      : {
          error:
            outcome.status === 'failed'
              ? outcome.error
              : engineError('InngestInvokeError', 'The invoked function was cancelled'),
        };
  if (await core.runs.resolveStep(tx, parent.id, run.parentStep, value)) await core.runs.advance(tx, parent.id);
}

/** Ends a run in the caller's transaction: status, lifecycle events (`onFailure` listens to them), waiting parent. */
export async function endRun(core: Core, tx: Sql, run: RunRow, outcome: Outcome): Promise<void> {
  await core.runs.end(
    tx,
    run.id,
    outcome.status,
    outcome.status === 'completed' ? outcome.output : null,
    outcome.status === 'failed' ? outcome.error : null,
  );
  const events = lifecycleEvents(run, outcome);
  if (events.length > 0) await takeIn(core, tx, events);
  await informParent(core, tx, run, outcome);
}
