/** The closed list of what can go wrong, in words that know no transport. */
export const errorKinds = [
  'invalid_input',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'precondition_failed',
  'budget_exceeded',
  'rate_limited',
  'provider_failed',
  'timeout',
  'internal',
] as const;

export type ErrorKind = (typeof errorKinds)[number];

export interface AppErrorOptions {
  kind: ErrorKind;
  /** Stable, dotted, owned by one slice: `budgets.cap_reached`. Callers may branch on it. */
  reason: string;
  /** Safe to show: what happened, why, and the next step. */
  message: string;
  /** `{ fields: { path: text } }` puts texts beside form fields; anything else is evidence. */
  details?: Record<string, unknown>;
  retryAfterMs?: number;
  cause?: unknown;
}

/** The one error that rules, use cases and adapters throw. Doors translate it by the table in platform/errors. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly reason: string;
  readonly details: Record<string, unknown> | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(options: AppErrorOptions) {
    super(options.message, { cause: options.cause });
    this.name = 'AppError';
    this.kind = options.kind;
    this.reason = options.reason;
    this.details = options.details;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Shorthand for the commonest case: an id that does not exist here, or belongs to somebody else. */
export function notFound(noun: string, reason: string): AppError {
  return new AppError({
    kind: 'not_found',
    reason,
    message: `This ${noun} was not found here. It may have been deleted; check the address or go back to the list.`,
  });
}
