/**
 * What went wrong at a provider, in the words that decide what happens next:
 * - `auth` the key is not accepted; `forbidden` it is, but may not do this (see `reason`)
 * - `invalid` the request itself is wrong; `not_found` the thing is not (or no longer) there
 * - `quota` a person must raise a limit or pay; `rate_limit` waiting is enough
 * - `transient` the request had no effect and may be sent again
 * - `unknown_outcome` the request may or may not have had its effect: look before sending again
 */
export const failureClasses = [
  'auth',
  'forbidden',
  'invalid',
  'not_found',
  'quota',
  'rate_limit',
  'transient',
  'unknown_outcome',
] as const;

export type FailureClass = (typeof failureClasses)[number];

/** What the provider really said, kept for the screen and for support. Holds no request header, so no secret. */
export interface FailureEvidence {
  operation: string;
  status: number | null;
  code: string | null;
  type: string | null;
  /** Name of the request field the provider objects to. */
  param: string | null;
  requestId: string | null;
  body: unknown;
}

export interface ProviderFailureOptions {
  class: FailureClass;
  /** Finer than the class where a caller branches on it: `closed` = the provider no longer lets this organisation train. */
  reason?: string;
  message: string;
  raw: FailureEvidence;
  retryAfterMs?: number;
  cause?: unknown;
}

/** The one error that adapters throw. Use cases translate it to an AppError. */
export class ProviderFailure extends Error {
  readonly class: FailureClass;
  readonly reason: string | undefined;
  readonly raw: FailureEvidence;
  readonly retryAfterMs: number | undefined;

  constructor(options: ProviderFailureOptions) {
    super(options.message, { cause: options.cause });
    this.name = 'ProviderFailure';
    this.class = options.class;
    this.reason = options.reason;
    this.raw = options.raw;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** By name as well: bundles of one process may each hold a copy of the class. */
export const isProviderFailure = (error: unknown): error is ProviderFailure =>
  error instanceof ProviderFailure || (error instanceof Error && error.name === 'ProviderFailure' && 'class' in error);

/** The provider will take no new training jobs from this organisation, whatever is sent. */
export const CLOSED = 'closed';
