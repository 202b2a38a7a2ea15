import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';

/** A refusal in OpenAI's shape: `{ error: { message, type, param, code } }`. */
export class ApiError extends Error {
  constructor(
    readonly status: ContentfulStatusCode,
    message: string,
    readonly code: string | null = null,
    readonly param: string | null = null,
  ) {
    super(message);
  }

  body() {
    const type = this.status >= 500 ? 'server_error' : 'invalid_request_error';
    return { error: { message: this.message, type, param: this.param, code: this.code } };
  }
}

/** 400 for one parameter. */
export function badRequest(message: string, param: string | null = null, code: string | null = null): ApiError {
  return new ApiError(400, message, code, param);
}

/** 404 for an object. */
export function notFound(kind: string, id: string, code: string | null = null): ApiError {
  return new ApiError(404, `No such ${kind}: ${id}. It may have been deleted.`, code, 'id');
}

/** Checks a request against a schema. Throws a 400 that names the first wrong parameter and lists up to five problems. */
export function parseRequest<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw badRequest(`The request is not valid. ${problems.join('; ')}`, parsed.error.issues[0]?.path.join('.') || null);
}
