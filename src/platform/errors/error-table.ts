import { AppError, type ErrorKind } from '@/lib/app-error';

export interface ErrorRow {
  trpc:
    | 'BAD_REQUEST'
    | 'UNAUTHORIZED'
    | 'FORBIDDEN'
    | 'NOT_FOUND'
    | 'CONFLICT'
    | 'PRECONDITION_FAILED'
    | 'PAYMENT_REQUIRED'
    | 'TOO_MANY_REQUESTS'
    | 'BAD_GATEWAY'
    | 'GATEWAY_TIMEOUT'
    | 'INTERNAL_SERVER_ERROR';
  http: number;
  title: string;
  /** What a durable step does with it: a person must act first, or trying again may help. */
  background: 'stop' | 'retry';
  log: 'info' | 'warn' | 'error';
}

/** The one table that tRPC, REST, the OpenAI-shaped door, durable functions and the browser all read. */
export const errorTable = {
  invalid_input: {
    trpc: 'BAD_REQUEST',
    http: 400,
    title: 'Some values need a correction.',
    background: 'stop',
    log: 'warn',
  },
  unauthenticated: { trpc: 'UNAUTHORIZED', http: 401, title: 'Please sign in.', background: 'stop', log: 'info' },
  forbidden: { trpc: 'FORBIDDEN', http: 403, title: 'Your role does not allow this.', background: 'stop', log: 'warn' },
  not_found: { trpc: 'NOT_FOUND', http: 404, title: 'Not found here.', background: 'stop', log: 'info' },
  conflict: {
    trpc: 'CONFLICT',
    http: 409,
    title: 'This cannot be done as things stand.',
    background: 'stop',
    log: 'warn',
  },
  precondition_failed: {
    trpc: 'PRECONDITION_FAILED',
    http: 412,
    title: 'Something has to be set up first.',
    background: 'stop',
    log: 'warn',
  },
  budget_exceeded: {
    trpc: 'PAYMENT_REQUIRED',
    http: 402,
    title: 'This would go over the budget.',
    background: 'stop',
    log: 'warn',
  },
  rate_limited: { trpc: 'TOO_MANY_REQUESTS', http: 429, title: 'Too many requests.', background: 'retry', log: 'warn' },
  provider_failed: {
    trpc: 'BAD_GATEWAY',
    http: 502,
    title: 'The provider did not answer as expected.',
    background: 'retry',
    log: 'error',
  },
  timeout: {
    trpc: 'GATEWAY_TIMEOUT',
    http: 504,
    title: 'The provider took too long.',
    background: 'retry',
    log: 'error',
  },
  internal: {
    trpc: 'INTERNAL_SERVER_ERROR',
    http: 500,
    title: 'Something broke on our side.',
    background: 'retry',
    log: 'error',
  },
} as const satisfies Record<ErrorKind, ErrorRow>;

/** Anything thrown, as an AppError. What we do not know becomes `internal` with a fixed text: causes stay in the log. */
export function toAppError(error: unknown, requestId: string): AppError {
  if (error instanceof AppError) return error;
  const twin = appErrorTwin(error);
  if (twin) return twin;
  if (UNREADABLE_VALUE.has(databaseCode(error) ?? '')) return unreadableValue(error);
  return new AppError({
    kind: 'internal',
    reason: 'internal',
    message: `Something broke on our side. Nothing was changed by this request as far as we know; try again, and if it stays, look for request ${requestId} in the log.`,
    cause: error,
  });
}

/**
 * What Postgres says to text that is no id or number, to NUL, and to halves of surrogate pairs: only a caller's own value
 * gets that far (a cursor nobody here wrote, a search with a NUL in it). Source: PostgreSQL, appendix A, class 22.
 */
const UNREADABLE_VALUE = new Set(['22P02', '22021', '22P05', '22003']);

/** SQLSTATE, from the driver's error or from Prisma's, which keeps it deep inside. */
function databaseCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, meta } = error as {
    code?: unknown;
    meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } };
  };
  const original = meta?.driverAdapterError?.cause?.originalCode ?? code;
  return typeof original === 'string' ? original : undefined;
}

const unreadableValue = (cause: unknown): AppError =>
  new AppError({
    kind: 'invalid_input',
    reason: 'input.unreadable',
    message:
      'A value of this request cannot be read: a cursor that this server did not give out, a number that is too large, or text with characters that cannot be stored. Nothing was changed; correct it and send it again.',
    cause,
  });

/** Bundles of one process may each hold a copy of the class, so `instanceof` alone would miss some. */
function appErrorTwin(error: unknown): AppError | null {
  if (!(error instanceof Error) || error.name !== 'AppError') return null;
  const { kind, reason, details, retryAfterMs } = error as AppError;
  return new AppError({
    kind,
    reason,
    message: error.message,
    ...(details && { details }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    cause: error.cause,
  });
}
