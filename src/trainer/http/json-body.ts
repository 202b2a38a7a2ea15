import { ApiError, badRequest } from './api-error';

const MAX_BODY_BYTES = 1024 * 1024;

/** Reads a JSON request body of at most 1 MiB. Throws a 400 or 413 `ApiError`. */
export async function readJsonBody(request: Request): Promise<unknown> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const text = await request.text();
  if (text.length > MAX_BODY_BYTES) throw tooLarge();
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('The request body is not valid JSON.');
  }
}

function tooLarge(): ApiError {
  return new ApiError(413, `The request body is larger than ${MAX_BODY_BYTES} bytes.`, 'request_too_large');
}
