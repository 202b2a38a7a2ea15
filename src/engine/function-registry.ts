import { Cron } from 'croner';
import { parseDuration } from './duration';
import { compileExpression, type Expression, ExpressionError } from './expression';
import { sha256 } from './ids';
import type { EngineEvent, FunctionConfig } from './protocol';

export interface EventTrigger {
  /** Exact name, or a prefix when the trigger ended in `*`. */
  name: string;
  prefix: boolean;
  condition: Expression | null;
}

export interface EngineFunction {
  id: string;
  name: string;
  /** retries + 1 */
  maxAttempts: number;
  eventTriggers: EventTrigger[];
  crons: string[];
  cancelOn: { event: string; condition: Expression | null; timeoutMs: number | null }[];
  concurrency: { limit: number; key: Expression | null; space: string }[];
  idempotency: Expression | null;
  startTimeoutMs: number | null;
  finishTimeoutMs: number | null;
}

/** A function uses something the executor refuses. The message names every problem of every function. */
export class UnsupportedFunctionError extends Error {
  override name = 'UnsupportedFunctionError';
}

const REFUSED = ['debounce', 'batchEvents', 'throttle', 'rateLimit', 'priority', 'singleton'];
const DEFAULT_RETRIES = 4;

/** Splits `TZ=Europe/Paris 0 9 * * *` into time zone (default UTC, like the server) and pattern. */
export function splitCron(cron: string): { timezone: string; pattern: string } {
  const found = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/.exec(cron.trim());
  return { timezone: found?.[1] ?? 'UTC', pattern: found?.[2] ?? cron.trim() };
}

class Compiler {
  readonly problems: string[] = [];

  constructor(private readonly id: string) {}

  problem(text: string): void {
    this.problems.push(`function "${this.id}": ${text}`);
  }

  expression(where: string, source: string | undefined, roots: ('event' | 'async')[]): Expression | null {
    if (!source) return null;
    try {
      return compileExpression(source, roots);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.problem(`${where} ${error.message}; use the Inngest server or a simpler expression`);
      return null;
    }
  }

  duration(where: string, text: string | undefined): number | null {
    if (!text) return null;
    const ms = parseDuration(text);
    if (ms === null) this.problem(`${where} "${text}" is not a duration such as "30m"`);
    return ms;
  }

  cron(cron: string): void {
    const { timezone, pattern } = splitCron(cron);
    try {
      new Cron(pattern, { timezone, paused: true }).nextRun();
    } catch (error) {
      this.problem(`cron "${cron}" is not valid: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function compile(config: FunctionConfig, out: Compiler): EngineFunction {
  for (const feature of REFUSED)
    if (config[feature] !== undefined && config[feature] !== null)
      out.problem(`"${feature}" is not supported by the embedded executor; use the Inngest server or remove it`);
  const eventTriggers: EventTrigger[] = [];
  const crons: string[] = [];
  for (const trigger of config.triggers) {
    if ('cron' in trigger) {
      if (trigger.jitter)
        out.problem('"jitter" is not supported by the embedded executor; use the Inngest server or remove it');
      out.cron(trigger.cron);
      crons.push(trigger.cron);
    } else {
      const prefix = trigger.event.endsWith('*');
      eventTriggers.push({
        name: prefix ? trigger.event.slice(0, -1) : trigger.event,
        prefix,
        condition: out.expression('trigger', trigger.expression, ['event']),
      });
    }
  }
  const limits =
    typeof config.concurrency === 'number' ? [{ limit: config.concurrency }] : [config.concurrency ?? []].flat();
  if (limits.length > 2) out.problem('more than two concurrency limits are not supported');
  return {
    id: config.id,
    name: config.name ?? config.id,
    maxAttempts: (Object.values(config.steps)[0]?.retries?.attempts ?? DEFAULT_RETRIES) + 1,
    eventTriggers,
    crons,
    cancelOn: (config.cancel ?? []).map((cancel) => ({
      event: cancel.event,
      condition: out.expression('cancelOn', cancel.if, ['event', 'async']),
      timeoutMs: out.duration('cancelOn timeout', cancel.timeout),
    })),
    concurrency: limits
      .filter((limit) => limit.limit > 0)
      .map((limit: { limit: number; key?: string | undefined; scope?: string | undefined }) => ({
        limit: limit.limit,
        key: out.expression('concurrency key', limit.key, ['event']),
        // One database is one environment: the wider scopes share one space of keys.
        space: !limit.scope || limit.scope === 'fn' ? config.id : '',
      })),
    idempotency: out.expression('idempotency', config.idempotency, ['event']),
    startTimeoutMs: out.duration('timeouts.start', config.timeouts?.start),
    finishTimeoutMs: out.duration('timeouts.finish', config.timeouts?.finish),
  };
}

/**
 * Reads the functions of a registration.
 *
 * @throws UnsupportedFunctionError naming every feature and expression the executor cannot honour
 */
export function compileFunctions(configs: FunctionConfig[]): Map<string, EngineFunction> {
  const functions = new Map<string, EngineFunction>();
  const problems: string[] = [];
  for (const config of configs) {
    const compiler = new Compiler(config.id);
    functions.set(config.id, compile(config, compiler));
    problems.push(...compiler.problems);
  }
  if (problems.length > 0) throw new UnsupportedFunctionError(problems.join('\n'));
  return functions;
}

/** Does this event start the function? At most one run a function, however many of its triggers match. */
export function isTriggeredBy(fn: EngineFunction, event: EngineEvent): boolean {
  return fn.eventTriggers.some(
    (trigger) =>
      (trigger.prefix ? event.name.startsWith(trigger.name) : event.name === trigger.name) &&
      (trigger.condition === null || trigger.condition({ event }) === true),
  );
}

export interface ConcurrencyKey {
  key: string;
  limit: number;
}

/** The limits a run of this function counts against, at most two. */
export function concurrencyKeys(fn: EngineFunction, event: EngineEvent): ConcurrencyKey[] {
  return fn.concurrency.map(({ limit, key, space }) => ({
    key: sha256(`${space}\0${key ? JSON.stringify(key({ event }) ?? null) : ''}`),
    limit,
  }));
}
