/** OpenAI's error body. Source: github.com/openai/openai-openapi, schema `ErrorResponse`. */
export const errorBody = (message: string, type: string, param: string | null, code: string | null) => ({
  error: { message, type, param, code },
});

export class FakeError extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404,
    message: string,
    readonly param: string | null = null,
    readonly code: string | null = null,
  ) {
    super(message);
  }

  body() {
    return errorBody(this.message, 'invalid_request_error', this.param, this.code);
  }
}
