import { createHash } from 'node:crypto';
import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/app-error';
import { database } from '@/platform/db/database';

const MAX_KEY = 255;

interface Options {
  request: Request;
  actor: Actor;
  route: string;
  run: () => Promise<Response>;
}

/**
 * Honours `Idempotency-Key` on POST: the first request with a key runs, later ones get its answer again.
 * Failed runs are forgotten, so that a corrected request may use the same key.
 *
 * @throws conflict `rest.idempotency_key_reused` | `rest.still_running`
 */
export async function withIdempotency({ request, actor, route, run }: Options): Promise<Response> {
  const key = request.headers.get('idempotency-key')?.slice(0, MAX_KEY);
  if (request.method !== 'POST' || !key) return run();
  const requestHash = await fingerprint(request);
  const id = { workspaceId: actor.workspaceId, key, route };
  const { count } = await database().idempotencyKey.createMany({
    data: [{ ...id, requestHash }],
    skipDuplicates: true,
  });
  if (count === 0) return replay(id, requestHash);
  try {
    const response = await run();
    const text = await response.clone().text();
    await database().idempotencyKey.update({
      where: { workspaceId_key_route: id },
      data: { status: response.status, response: { text, contentType: response.headers.get('content-type') } },
    });
    return response;
  } catch (error) {
    await database().idempotencyKey.deleteMany({ where: id });
    throw error;
  }
}

async function replay(id: { workspaceId: string; key: string; route: string }, requestHash: string): Promise<Response> {
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
async function fingerprint(request: Request): Promise<string> {
  const type = request.headers.get('content-type') ?? '';
  const isJson = type.includes('application/json');
  const body = isJson ? await request.clone().text() : (request.headers.get('content-length') ?? '');
  return createHash('sha256')
    .update(`${request.url}\n${type.split(';')[0]}\n${body}`)
    .digest('hex');
}

const KEEP_MS = 24 * 3600 * 1000;

/** Keys are honoured for a day, as callers of other payment-like APIs expect. */
export async function pruneIdempotencyKeys(now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEEP_MS);
  const { count } = await database().idempotencyKey.deleteMany({ where: { createdAt: { lt: before } } });
  return count;
}
