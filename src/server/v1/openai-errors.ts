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

/** Codes that those clients branch on, where OpenAI has one for the reason. */
const codes: Record<string, string> = {
  'agents.no_such_model': 'model_not_found',
  'auth.no_valid_key': 'invalid_api_key',
};

export function openAiErrorBody(error: AppError) {
  const code = codes[error.reason] ?? error.reason;
  return { error: { message: error.message, type: types[error.kind] ?? 'api_error', param: null, code } };
}

export function openAiError(error: AppError, requestId: string): Response {
  const headers = new Headers({ 'x-request-id': requestId });
  if (error.retryAfterMs !== undefined) headers.set('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
  return Response.json(openAiErrorBody(error), { status: errorTable[error.kind].http, headers });
}
