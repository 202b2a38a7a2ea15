/** Why one attempt did not succeed, in words for a person. `final` = the same file sent again would fail the same way. */
export interface UploadFailure {
  final: boolean;
  message: string;
}

/** What the upload route answers when it refuses before a byte is sent: the request has to change. */
const FINAL_CODES = new Set(['BAD_REQUEST', 'FORBIDDEN', 'NOT_FOUND', 'TOO_LARGE']);
/** What the storage answers when the file itself, or the disk, is the reason. 403 and 408 are not: a new address helps. */
const FINAL_STATUS = new Set([400, 404, 409, 413, 415, 507]);

const CONNECTION = 'The connection to the server was lost.';
const SERVER = 'The server could not take the file just now.';

/**
 * Reads what UploadThing's client rejects with. It keeps the status of a refused PUT only in its message ("XHR failed 413 …"),
 * and the storage's own words in `data.error`; a lost connection has neither.
 */
export function uploadFailure(error: unknown): UploadFailure {
  if (typeof error !== 'object' || error === null) return { final: false, message: CONNECTION };
  const code = 'code' in error ? error.code : undefined;
  const text = 'message' in error && typeof error.message === 'string' ? error.message : '';
  if (typeof code === 'string' && FINAL_CODES.has(code)) return { final: true, message: text || SERVER };
  if (code !== 'UPLOAD_FAILED')
    return { final: false, message: code === 'INTERNAL_SERVER_ERROR' ? SERVER : CONNECTION };
  const words = wordsIn('data' in error ? error.data : undefined);
  const status = Number(/^XHR failed (\d{3})/.exec(text)?.[1] ?? 0);
  if (status === 0) return { final: false, message: words ?? CONNECTION };
  return { final: FINAL_STATUS.has(status), message: words ?? SERVER };
}

function wordsIn(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('error' in data)) return undefined;
  return typeof data.error === 'string' ? data.error : undefined;
}
