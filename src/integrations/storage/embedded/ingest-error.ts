import { storageFull } from '../storage-errors';

/** A refusal with its HTTP status. `message` reaches the person: what happened and what to do. */
export class IngestError extends Error {
  readonly status: number;

  constructor(status: number, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'IngestError';
    this.status = status;
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

const errorCode = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

export const isMissing = (error: unknown): boolean => errorCode(error) === 'ENOENT';

export const isDiskFull = (error: unknown): boolean => FULL.has(errorCode(error) ?? '');

/** The disk's own trouble must not look like a lost connection: that would be retried for ever, in silence. */
export function diskFailure(error: unknown): IngestError {
  if (error instanceof IngestError) return error;
  if (isDiskFull(error)) return new IngestError(507, storageFull().message, error);
  const code = errorCode(error) ?? 'unknown';
  return new IngestError(
    500,
    `The server could not write the file (${code}). Ask whoever runs it to look at the disk.`,
    error,
  );
}
