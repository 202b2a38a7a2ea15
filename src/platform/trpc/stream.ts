import { AppError } from '@/lib/app-error';
import { toAppError } from '@/platform/errors/error-table';
import { toTrpcError } from './error-mapping';

/**
 * Wraps a subscription's generator: middleware never sees what is thrown inside one, and an unmapped error would reach
 * the browser as a retryable 500, so a client would reconnect for ever to something that is gone.
 * An AbortError passes untouched: it closes the stream silently and the client resumes from its last id.
 */
export async function* withMappedErrors<T>(
  source: AsyncIterable<T>,
  requestId: string,
): AsyncGenerator<T, void, undefined> {
  try {
    yield* source;
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    if (error instanceof AppError || (error instanceof Error && error.name === 'AppError')) {
      throw toTrpcError(toAppError(error, requestId));
    }
    throw error;
  }
}
