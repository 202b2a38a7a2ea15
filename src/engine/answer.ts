import { parseRetryAfter } from './duration';
import { type Json, type JsonObject, type Op, opSchema } from './protocol';

/** What one call came to. */
export type Answer =
  | { kind: 'completed'; output: Json }
  | { kind: 'ops'; ops: Op[]; retryAfterMs: number | null; noRetry: boolean }
  /** The function threw and may be called again. */
  | { kind: 'retry'; error: JsonObject; retryAfterMs: number | null }
  | { kind: 'failed'; error: JsonObject };

/** An error in the shape the SDK reads back. */
export const engineError = (name: string, message: string): JsonObject => ({ name, message, stack: '' });

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function errorOf(body: unknown, status: number): JsonObject {
  if (isObject(body) && typeof body.message === 'string')
    return {
      name: typeof body.name === 'string' ? body.name : 'Error',
      message: body.message,
      stack: typeof body.stack === 'string' ? body.stack : '',
    };
  if (isObject(body) && typeof body.error === 'string') return engineError('Error', body.error);
  return engineError('Error', `The function endpoint answered ${status} with a body that is not an Inngest answer.`);
}

function parse(text: string): { ok: true; value: Json } | { ok: false } {
  if (text === '') return { ok: true, value: null };
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch {
    return { ok: false };
  }
}

/**
 * Reads the SDK's answer to a call: 200 done, 206 operations, 400 or `x-inngest-no-retry: true` failed for good,
 * everything else (500, 401, nonsense) worth another attempt.
 *
 * @param now epoch milliseconds, for a `retry-after` that is a date
 */
export function readAnswer(status: number, headers: Headers, text: string, now: number): Answer {
  const retryAfterMs = parseRetryAfter(headers.get('retry-after'), now);
  const noRetry = headers.get('x-inngest-no-retry') === 'true';
  const body = parse(text);
  if (status === 200 && body.ok) return { kind: 'completed', output: body.value };
  if (status === 206 && body.ok) {
    const ops = opSchema
      .array()
      .min(1)
      .safeParse(Array.isArray(body.value) ? body.value : [body.value]);
    if (ops.success) return { kind: 'ops', ops: ops.data, retryAfterMs, noRetry };
  }
  const error = errorOf(body.ok ? body.value : null, status);
  if (noRetry || (status === 400 && headers.get('x-inngest-no-retry') !== 'false')) return { kind: 'failed', error };
  return { kind: 'retry', error, retryAfterMs };
}

/** Error text when the executor has no way to do what the function asked for; null for operations it knows. */
export function unsupportedOp(op: Op): string | null {
  switch (op.op) {
    case 'Step':
    case 'StepRun':
    case 'StepError':
    case 'StepFailed':
    case 'StepPlanned':
    case 'Sleep':
    case 'WaitForEvent':
    case 'InvokeFunction':
    case 'RunComplete':
      return null;
    default:
      return `step "${op.displayName ?? op.name ?? op.id}": "${op.op}" is not supported by the embedded executor; use the Inngest server or remove it`;
  }
}
