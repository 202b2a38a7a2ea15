import { describe, expect, it } from 'vitest';
import { type RetryOptions, sendWithRetry } from './send-with-retry';

const LOST = { code: 'UPLOAD_FAILED', message: '' };

/** A loop whose pauses take no time but count as if they did. */
function world(send: (attempt: number, onBytes: (bytes: number) => void, signal: AbortSignal) => Promise<string>) {
  const pauses: number[] = [];
  const bytes: number[] = [];
  let clock = 0;
  let attempt = 0;
  const controller = new AbortController();
  const options: RetryOptions<string> = {
    send: (signal, onBytes) => send(attempt, onBytes, signal),
    signal: controller.signal,
    onAttempt: (number) => {
      attempt = number;
    },
    onBytes: (count) => bytes.push(count),
    onPause: (_, ms) => pauses.push(ms),
    pause: async (ms) => {
      clock += ms;
    },
    now: () => clock,
  };
  return {
    pauses,
    bytes,
    controller,
    attempts: () => attempt,
    run: (more = {}) => sendWithRetry({ ...options, ...more }),
  };
}

describe('sendWithRetry', () => {
  it('repeats until it is through, with growing pauses that start over when bytes have moved', async () => {
    const { run, pauses, bytes } = world(async (attempt, onBytes) => {
      if (attempt === 3) onBytes(70);
      if (attempt < 7) throw LOST;
      return 'there';
    });
    expect(await run()).toBe('there');
    expect(pauses).toEqual([1000, 2000, 1000, 2000, 4000, 8000]);
    expect(bytes).toEqual([70]);
  });

  it('does not count the same bytes as progress twice', async () => {
    const { run, attempts } = world(async (_, onBytes) => {
      onBytes(50);
      throw LOST;
    });
    await expect(run()).rejects.toMatchObject({ name: 'UploadFailed', resumable: true, message: /5 minutes.*is kept/ });
    expect(attempts()).toBeGreaterThan(10);
  });

  it('stops at once for a refusal, with its words', async () => {
    const { run, attempts } = world(async () => {
      throw { code: 'BAD_REQUEST', message: 'Rename the file.' };
    });
    await expect(run()).rejects.toMatchObject({ resumable: false, message: 'Rename the file.' });
    expect(attempts()).toBe(1);
  });

  it('ends an attempt that stalls, and begins the next', async () => {
    const { run, attempts } = world((attempt, onBytes, signal) => {
      if (attempt === 2) return Promise.resolve('there');
      onBytes(10);
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    });
    expect(await run({ stallMs: 20 })).toBe('there');
    expect(attempts()).toBe(2);
  });

  it('obeys a cancel in mid-attempt and in a pause', async () => {
    const inAttempt = world((_, __, signal) => {
      setTimeout(() => inAttempt.controller.abort(), 5);
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    });
    await expect(inAttempt.run()).rejects.toThrow();
    expect(inAttempt.attempts()).toBe(1);
    const inPause = world(async () => {
      throw LOST;
    });
    await expect(inPause.run({ pause: async () => inPause.controller.abort() })).rejects.toThrow();
    expect(inPause.attempts()).toBe(1);
  });
});
