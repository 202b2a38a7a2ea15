import { createReadStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { ExpectedError } from '../start/say';

const RETRY_MS = 500;
/** An app that is being restarted is waited for this long. */
const PATIENCE_MS = 30_000;

/** The doors of one installation, as any program with an API key sees them. Answers are checked against `shape`. */
export class DemoClient {
  constructor(
    readonly url: string,
    private readonly key: string,
  ) {}

  get<S extends z.ZodType>(shape: S, path: string): Promise<z.infer<S>> {
    return this.patiently(() => this.request(shape, path, { method: 'GET' }));
  }

  /** @param idempotencyKey makes it safe to send again when the answer is lost */
  post<S extends z.ZodType>(shape: S, path: string, body: unknown, idempotencyKey?: string): Promise<z.infer<S>> {
    const headers = {
      'content-type': 'application/json',
      ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
    };
    const send = () => this.request(shape, path, { method: 'POST', headers, body: JSON.stringify(body) });
    return idempotencyKey ? this.patiently(send) : send();
  }

  /** Sends a file as `multipart/form-data`, read while it is sent. */
  upload<S extends z.ZodType>(shape: S, path: string, file: { path: string; name: string }): Promise<z.infer<S>> {
    const boundary = `demo-${crypto.randomUUID()}`;
    async function* body(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/jsonl\r\n\r\n`,
      );
      yield* createReadStream(file.path);
      yield Buffer.from(`\r\n--${boundary}--\r\n`);
    }
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    // Node's fetch takes an iterable as body, with `duplex`; the DOM's types know neither.
    const init = { method: 'POST', headers, body: body(), duplex: 'half' } as unknown as RequestInit;
    return this.request(shape, path, init);
  }

  private async request<S extends z.ZodType>(shape: S, path: string, init: RequestInit): Promise<z.infer<S>> {
    const response = await fetch(`${this.url}${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${this.key}` },
    });
    const text = await response.text();
    if (!response.ok) throw new ExpectedError(`${init.method} ${path} answered ${response.status}: ${detailOf(text)}`);
    const parsed = shape.safeParse(text ? JSON.parse(text) : undefined);
    if (parsed.success) return parsed.data;
    throw new ExpectedError(
      `${init.method} ${path} answered something unexpected: ${parsed.error.message}\n${text.slice(0, 400)}`,
    );
  }

  /** Waits out an app that does not answer at all; what it answers, also a refusal, is final. */
  private async patiently<T>(work: () => Promise<T>): Promise<T> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof ExpectedError) throw error;
        if (Date.now() > deadline) {
          throw new ExpectedError(`${this.url} does not answer. Is Tuneloop running there?`, { cause: error });
        }
        await sleep(RETRY_MS);
      }
    }
  }
}

/** The sentence of a problem document (RFC 9457) or of an OpenAI-shaped error. */
function detailOf(text: string): string {
  try {
    const body = JSON.parse(text) as { detail?: string; error?: { message?: string } };
    return body.detail ?? body.error?.message ?? text.slice(0, 400);
  } catch {
    return text.slice(0, 400);
  }
}
