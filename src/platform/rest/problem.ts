import type { AppError } from '@/lib/app-error';
import { toDecimalUsd } from '@/lib/money';
import { errorTable } from '@/platform/errors/error-table';

/** An RFC 9457 problem document. `reason` is stable and may be branched on; `detail` is for people. */
export function problemResponse(error: AppError, requestId: string): Response {
  const row = errorTable[error.kind];
  const body = {
    type: 'about:blank',
    title: row.title,
    status: row.http,
    detail: error.message,
    reason: error.reason,
    requestId,
    ...(error.details && { details: error.details }),
  };
  const headers = new Headers({ 'content-type': 'application/problem+json', 'x-request-id': requestId });
  if (error.retryAfterMs !== undefined) headers.set('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
  if (error.kind === 'unauthenticated') headers.set('www-authenticate', 'Bearer realm="tuneloop"');
  return new Response(JSON.stringify(body, jsonReplacer), { status: row.http, headers });
}

/** A bigint is always money: nano-dollars inside, exact decimal dollars as text outside (a JSON number would round). */
export function jsonReplacer(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? toDecimalUsd(value) : value;
}
