import { ulid } from 'ulid';
import { type Answer, engineError, unsupportedOp } from './answer';
import type { Core } from './core';
import type { Sql } from './database';
import { parseMoment } from './duration';
import { lockEventNames, missedEvent, waitCondition } from './event.intake';
import { ExpressionError } from './expression';
import { concurrencyKeys, type EngineFunction } from './function-registry';
import type { EngineEvent, JsonObject, Op } from './protocol';
import type { ClaimedCall } from './queue.store';
import { isActive, type RunRow } from './run.store';

const MAX_STEPS = 1000;

/** The function asked for something that cannot be done: the run ends, and says why. */
class RunFault extends Error {}

interface Settling {
  core: Core;
  tx: Sql;
  run: RunRow;
  call: ClaimedCall;
}

const stepName = (op: Op): string | null => op.displayName ?? op.name ?? null;
const asError = (op: Op): JsonObject =>
  typeof op.error === 'object' && op.error !== null && !Array.isArray(op.error)
    ? op.error
    : engineError('Error', 'The step failed without an error');

function moment(op: Op, text: unknown, what: string): Date {
  const at = typeof text === 'string' ? parseMoment(text, Date.now()) : null;
  if (at === null || !Number.isFinite(at) || at > 8e15)
    throw new RunFault(`step "${stepName(op) ?? op.id}": ${what} "${String(text)}" is not a time`);
  return new Date(at);
}

async function wait({ core, tx, run, call }: Settling, op: Op): Promise<void> {
  const name = String(op.opts?.event ?? op.name ?? '');
  const condition = typeof op.opts?.if === 'string' && op.opts.if !== '' ? op.opts.if : null;
  const until = moment(op, op.opts?.timeout, 'timeout');
  try {
    waitCondition(condition);
  } catch (error) {
    if (error instanceof ExpressionError)
      throw new RunFault(`step.waitForEvent "${stepName(op) ?? op.id}": ${error.message}; use \`match\` instead`);
    throw error;
  }
  const missed = await missedEvent(core, tx, { name, condition, event: run.event, since: call.claimedAt });
  if (missed) {
    await core.runs.resolveStep(tx, run.id, op.id, { data: missed as never });
    return;
  }
  await tx.query(`insert into ${core.s}.waits (run_id, step_id, name, condition) values ($1, $2, $3, $4)`, [
    run.id,
    op.id,
    name,
    condition,
  ]);
  await core.runs.enqueueTimer(tx, run, 'timer', op.id, until);
}

async function invoke({ core, tx, run }: Settling, op: Op): Promise<void> {
  const fn = core.functions().get(String(op.opts?.function_id ?? ''));
  if (!fn) {
    const error = engineError('InngestInvokeError', `There is no function "${String(op.opts?.function_id)}" to invoke`);
    await core.runs.resolveStep(tx, run.id, op.id, { error });
    return;
  }
  const payload = op.opts?.payload;
  const data = typeof payload === 'object' && payload !== null && !Array.isArray(payload) ? payload.data : null;
  const event: EngineEvent = {
    id: ulid(),
    name: 'inngest/function.invoked',
    data: typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {},
    ts: Date.now(),
  };
  if (op.opts?.timeout)
    await core.runs.enqueueTimer(tx, run, 'invoke_timeout', op.id, moment(op, op.opts.timeout, 'timeout'));
  const concurrency = concurrencyKeys(fn, event);
  const child = { id: ulid(), fnId: fn.id, event, concurrency, startTimeoutMs: fn.startTimeoutMs };
  await core.runs.insert(tx, [{ ...child, parentRun: run.id, parentStep: op.id }]);
}

/** @returns whether the operation was news: the SDK must never report only what is already stored */
async function applyOp(settling: Settling, op: Op): Promise<boolean> {
  const { core, tx, run } = settling;
  const step = { runId: run.id, id: op.id, op: op.op, name: stepName(op) };
  switch (op.op) {
    case 'Step':
    case 'StepRun':
      return core.runs.storeStep(tx, step, { data: op.data ?? null });
    case 'StepError':
    case 'StepFailed':
      return core.runs.storeStep(tx, step, { error: asError(op) });
  }
  if (!(await core.runs.announceStep(tx, step))) return false;
  switch (op.op) {
    case 'StepPlanned':
      await core.runs.enqueueCall(tx, run.id, op.id);
      break;
    case 'Sleep':
      await core.runs.enqueueTimer(tx, run, 'timer', op.id, moment(op, op.name, 'sleep'));
      break;
    case 'WaitForEvent':
      await wait(settling, op);
      break;
    case 'InvokeFunction':
      await invoke(settling, op);
      break;
  }
  return true;
}

/** The attempt failed: once more after the back-off, or the end of the run. */
async function retryOrFail(
  { core, tx, run, call }: Settling,
  fn: EngineFunction,
  error: JsonObject,
  retryAfterMs: number | null,
): Promise<void> {
  if (call.attempt + 1 < fn.maxAttempts) {
    await core.queue.repeat(tx, call.id, call.token, call.attempt + 1, retryAfterMs ?? core.retryDelayMs(call.attempt));
    return;
  }
  await core.queue.finish(tx, call.id, call.token);
  await core.endRun(tx, run, { status: 'failed', error });
}

async function settleOps(
  settling: Settling,
  fn: EngineFunction,
  answer: Extract<Answer, { kind: 'ops' }>,
): Promise<void> {
  const { core, tx, run, call } = settling;
  const refusal = answer.ops.map(unsupportedOp).find((text) => text !== null);
  if (refusal) throw new RunFault(refusal);
  const [only] = answer.ops;
  if (only?.op === 'StepError' && !answer.noRetry && call.attempt + 1 < fn.maxAttempts) {
    const delay = answer.retryAfterMs ?? core.retryDelayMs(call.attempt);
    await core.queue.repeat(tx, call.id, call.token, call.attempt + 1, delay);
    return;
  }
  const complete = answer.ops.find((op) => op.op === 'RunComplete');
  if (complete) {
    await core.queue.finish(tx, call.id, call.token);
    await core.endRun(tx, run, { status: 'completed', output: complete.data ?? null });
    return;
  }
  let news = false;
  for (const op of answer.ops) news = (await applyOp(settling, op)) || news;
  if (!news) {
    const error = engineError(
      'Error',
      'The function reported only steps that are already stored. Are step ids stable?',
    );
    await retryOrFail(settling, fn, error, null);
    return;
  }
  await core.queue.finish(tx, call.id, call.token);
  await core.runs.advance(tx, run.id);
}

async function settleIn(settling: Settling, fn: EngineFunction, answer: Answer): Promise<void> {
  const { core, tx, run, call } = settling;
  switch (answer.kind) {
    case 'retry':
      return retryOrFail(settling, fn, answer.error, answer.retryAfterMs);
    case 'ops':
      return settleOps(settling, fn, answer);
    case 'failed':
      await core.queue.finish(tx, call.id, call.token);
      return core.endRun(tx, run, { status: 'failed', error: answer.error });
    case 'completed':
      await core.queue.finish(tx, call.id, call.token);
      return core.endRun(tx, run, { status: 'completed', output: answer.output });
  }
}

async function failRun(core: Core, tx: Sql, call: ClaimedCall, message: string): Promise<void> {
  const run = await fence(core, tx, call);
  if (!run) return;
  await core.queue.finish(tx, call.id, call.token);
  await core.endRun(tx, run, { status: 'failed', error: engineError('Error', message) });
}

/** Locks the run. Null when the claim was lost meanwhile or the run has ended: the result is then thrown away. */
async function fence(core: Core, tx: Sql, call: ClaimedCall): Promise<RunRow | null> {
  const [run] = await core.runs.lock(tx, [call.runId]);
  const held = await tx.query(`select 1 from ${core.s}.queue where id = $1 and token = $2 for update`, [
    call.id,
    call.token,
  ]);
  if (held.length === 0) return null;
  if (run && isActive(run.status)) return run;
  await core.queue.finish(tx, call.id, call.token);
  return null;
}

/**
 * Writes what a call came to: values, timers, waits, the next call or the end of the run, all in one transaction.
 * Harmless when repeated after a lost answer: the claim is then gone.
 *
 * @param stepsBefore how many stored steps the call was given
 */
export async function settle(
  core: Core,
  call: ClaimedCall,
  fn: EngineFunction,
  answer: Answer,
  stepsBefore: number,
): Promise<void> {
  const waits = answer.kind === 'ops' ? answer.ops.filter((op) => op.op === 'WaitForEvent') : [];
  try {
    await core.database.persist(async (tx) => {
      // Names before rows, in every transaction: see lockEventNames.
      if (waits.length > 0) {
        const names = waits.map((op) => String(op.opts?.event ?? op.name ?? ''));
        await lockEventNames(core, tx, names, 'exclusive');
      }
      const run = await fence(core, tx, call);
      if (!run) return;
      if (answer.kind === 'ops' && stepsBefore + answer.ops.length > MAX_STEPS)
        throw new RunFault(`The run has more than ${MAX_STEPS} steps. Hand over to a new run with step.sendEvent.`);
      await settleIn({ core, tx, run, call }, fn, answer);
    });
  } catch (error) {
    if (!(error instanceof RunFault)) throw error;
    await giveUp(core, call, error.message);
  }
}

/** Ends the run as failed with this text, whatever the call did. */
export async function giveUp(core: Core, call: ClaimedCall, message: string): Promise<void> {
  await core.database.persist((tx) => failRun(core, tx, call, message));
}
