import { AppError } from '@/lib/app-error';

export function fileNotFound(): AppError {
  return new AppError({
    kind: 'not_found',
    reason: 'storage.not_found',
    message: 'This file is not in the storage: it was deleted, or its upload never finished. Upload it again.',
  });
}

export function fileTooLarge(maxBytes: number): AppError {
  return new AppError({
    kind: 'invalid_input',
    reason: 'storage.too_large',
    message: `The file is larger than the ${Math.floor(maxBytes / 1024 ** 2)} MB that are possible here. Split it, or compress it with gzip.`,
    details: { maxBytes },
  });
}

export function unreadableContent(problem: string): AppError {
  return new AppError({ kind: 'invalid_input', reason: 'storage.unreadable_content', message: problem });
}

export function storageFull(cause?: unknown): AppError {
  return new AppError({
    kind: 'precondition_failed',
    reason: 'storage.full',
    message:
      'The storage is full, so nothing was kept. Delete datasets that are no longer needed or free disk space, then try again.',
    cause,
  });
}

export function storageUnavailable(cause?: unknown): AppError {
  return new AppError({
    kind: 'provider_failed',
    reason: 'storage.unavailable',
    message:
      'The storage did not answer as expected. Nothing was lost; try again in a moment, and look at the server log if it stays so.',
    retryAfterMs: 5000,
    cause,
  });
}
