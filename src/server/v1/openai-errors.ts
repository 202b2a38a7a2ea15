import 'server-only';
import type { AppError, ErrorKind } from '@/lib/app-error';
import { errorTable } from '@/platform/errors/error-table';

/** Types that OpenAI's own clients know and branch on. Source: OpenAI API reference, error codes. */
const types: Partial<Record<ErrorKind, string>> = {
  invalid_input: 'invalid_request_error',
  not_found: 'invalid_request_error',
  unauthenticated: 'authentication_error',
  forbidden: 'permission_error',
  budget_exceeded: 'insufficient_quota',
  rate_limited: 'rate_limit_error',
};

export function openAiErrorBody(error: AppError) {
  const code = error.reason === 'agents.no_such_model' ? 'model_not_found' : error.reason;
  return { error: { message: error.message, type: types[error.kind] ?? 'api_error', param: null, code } };
}

export function openAiError(error: AppError, requestId: string): Response {
  const headers = new Headers({ 'x-request-id': requestId });
  if (error.retryAfterMs !== undefined) headers.set('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
  return Response.json(openAiErrorBody(error), { status: errorTable[error.kind].http, headers });
}
