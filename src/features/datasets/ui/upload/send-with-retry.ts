import { type UploadFailure, uploadFailure } from './upload-failure';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
const STALL_MS = 90_000;
const GIVE_UP_MS = 5 * 60_000;

/** The upload ended without a result. `message` is for the person; `resumable` = the same file may go on later. */
export class UploadFailed extends Error {
  readonly resumable: boolean;

  constructor(message: string, resumable: boolean) {
    super(message);
    this.name = 'UploadFailed';
    this.resumable = resumable;
  }
}

export interface RetryOptions<T> {
  /** One attempt, from where the server stands; reports how many bytes of the file are there. */
  send: (signal: AbortSignal, onBytes: (bytes: number) => void) => Promise<T>;
  /** The person's own cancel. */
  signal: AbortSignal;
  onAttempt: (attempt: number) => void;
  onBytes: (bytes: number) => void;
  onPause: (failure: UploadFailure, pauseMs: number) => void;
  /** Resolves after `ms`, earlier when the network is back or the signal fires. */
  pause: (ms: number, signal: AbortSignal) => Promise<void>;
  now?: () => number;
  stallMs?: number;
  giveUpMs?: number;
}

/**
 * Repeats attempts until one succeeds: after a dropped connection the next goes on at the last offset. Pauses grow from 1 s to
 * 30 s and start over with every new byte; 90 s without one end an attempt, five minutes without one end the upload.
 *
 * @throws UploadFailed with words; the signal's reason when it was cancelled
 */
export async function sendWithRetry<T>(options: RetryOptions<T>): Promise<T> {
  const { send, signal, onAttempt, onPause, pause, now = Date.now, giveUpMs = GIVE_UP_MS } = options;
  let best = 0;
  let lastGain = now();
  let failures = 0;
  const gained = (bytes: number): void => {
    options.onBytes(bytes);
    if (bytes <= best) return;
    best = bytes;
    lastGain = now();
    failures = 0;
  };
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    onAttempt(attempt);
    const result = await attemptOnce(send, signal, gained, options.stallMs ?? STALL_MS);
    if ('value' in result) return result.value;
    signal.throwIfAborted();
    const { failure } = result;
    if (failure.final) throw new UploadFailed(failure.message, false);
    if (now() - lastGain > giveUpMs) throw new UploadFailed(gaveUp(failure.message, giveUpMs), true);
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
    failures++;
    onPause(failure, pauseMs);
    await pause(pauseMs, signal);
  }
}

async function attemptOnce<T>(
  send: RetryOptions<T>['send'],
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
  stallMs: number,
): Promise<{ value: T } | { failure: UploadFailure }> {
  const attempt = new AbortController();
  const cancel = (): void => attempt.abort(signal.reason);
  signal.addEventListener('abort', cancel, { once: true });
  let stalled = false;
  const stall = (): void => {
    stalled = true;
    attempt.abort();
  };
  let timer = setTimeout(stall, stallMs);
  try {
    const value = await send(attempt.signal, (bytes) => {
      clearTimeout(timer);
      timer = setTimeout(stall, stallMs);
      onBytes(bytes);
    });
    return { value };
  } catch (error) {
    if (stalled) return { failure: { final: false, message: 'The connection stands, but nothing moves.' } };
    return { failure: uploadFailure(error) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
}

const gaveUp = (why: string, giveUpMs: number): string =>
  `${why} Nothing got through for ${Math.round(giveUpMs / 60_000)} minutes, so the upload stopped. What has arrived is kept for a day: choose the same file again to go on from there.`;

/** A pause that the browser's "online" event ends early. */
export function pauseUntilOnline(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    window.addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}
