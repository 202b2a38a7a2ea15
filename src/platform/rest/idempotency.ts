import { createHash } from 'node:crypto';
import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/app-error';
import { database } from '@/platform/db/database';
import { readText } from './read-json';

const MAX_KEY = 255;
/** No request runs longer. A claim that is older and has no answer was left by a process that died. */
const ABANDONED_MS = 3600 * 1000;

interface Options {
  request: Request;
  actor: Actor;
  route: string;
  /** Most bytes of a JSON body, which is read here to tell requests apart. */
  maxJsonBytes: number;
  /** Gets a request whose body can still be read. */
  run: (request: Request) => Promise<Response>;
}

/**
 * Honours `Idempotency-Key` on POST: the first request with a key runs, later ones get its answer again.
 * Failed runs are forgotten, so that a corrected request may use the same key; so are those of processes that died.
 *
 * @throws invalid_input `rest.idempotency_key_too_long`, `input.too_large`; conflict `rest.idempotency_key_reused` | `rest.still_running`
 */
export async function withIdempotency({ request, actor, route, maxJsonBytes, run }: Options): Promise<Response> {
  const key = request.headers.get('idempotency-key');
  if (request.method !== 'POST' || !key) return run(request);
  if (key.length > MAX_KEY) throw keyTooLong();
  const { requestHash, readable } = await fingerprint(request, maxJsonBytes);
  const id = { workspaceId: actor.workspaceId, key, route };
  const { count } = await database().idempotencyKey.createMany({
    data: [{ ...id, requestHash }],
    skipDuplicates: true,
  });
  if (count === 0 && !(await takeOver(id, requestHash))) return replay(id, requestHash);
  try {
    const response = await run(readable);
    const text = await response.clone().text();
    await database().idempotencyKey.updateMany({
      where: id,
      data: { status: response.status, response: { text, contentType: response.headers.get('content-type') } },
    });
    return response;
  } catch (error) {
    await database().idempotencyKey.deleteMany({ where: id });
    throw error;
  }
}

interface KeyId {
  workspaceId: string;
  key: string;
  route: string;
}

async function takeOver(id: KeyId, requestHash: string): Promise<boolean> {
  const now = Date.now();
  const { count } = await database().idempotencyKey.updateMany({
    where: { ...id, status: null, createdAt: { lt: new Date(now - ABANDONED_MS) } },
    data: { requestHash, createdAt: new Date(now) },
  });
  return count === 1;
}

async function replay(id: KeyId, requestHash: string): Promise<Response> {
  const row = await database().idempotencyKey.findUnique({ where: { workspaceId_key_route: id } });
  if (row && row.requestHash !== requestHash) {
    throw new AppError({
      kind: 'conflict',
      reason: 'rest.idempotency_key_reused',
      message: 'This Idempotency-Key was used for a different request. Use a new key for a new request.',
    });
  }
  if (!row?.status) {
    throw new AppError({
      kind: 'conflict',
      reason: 'rest.still_running',
      message: 'The first request with this Idempotency-Key is still running. Wait for it, then repeat this one.',
      retryAfterMs: 2000,
    });
  }
  const { text, contentType } = row.response as { text: string; contentType: string | null };
  return new Response(text, {
    status: row.status,
    headers: { 'content-type': contentType ?? 'application/json', 'idempotent-replayed': 'true' },
  });
}

/** Streams are told apart by address, type and length: reading a large upload twice would defeat its purpose. */
async function fingerprint(
  request: Request,
  maxJsonBytes: number,
): Promise<{ requestHash: string; readable: Request }> {
  const { url, method, headers, signal } = request;
  const type = headers.get('content-type') ?? '';
  const text = type.includes('application/json') ? await readText(request, maxJsonBytes) : null;
  const requestHash = createHash('sha256')
    .update(`${url}\n${type.split(';')[0]}\n${text ?? headers.get('content-length') ?? ''}`)
    .digest('hex');
  const readable = text === null ? request : new Request(url, { method, headers, signal, body: text });
  return { requestHash, readable };
}

const keyTooLong = () =>
  new AppError({
    kind: 'invalid_input',
    reason: 'rest.idempotency_key_too_long',
    message: `The Idempotency-Key is longer than ${MAX_KEY} characters. Use a shorter one, such as a UUID.`,
  });

const KEEP_MS = 24 * 3600 * 1000;

/** Keys are honoured for a day, as callers of other payment-like APIs expect. */
export async function pruneIdempotencyKeys(now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEEP_MS);
  const { count } = await database().idempotencyKey.deleteMany({ where: { createdAt: { lt: before } } });
  return count;
}
