import 'server-only';
import type { Actor } from '@/lib/actor';
import { errorTable, toAppError } from '@/platform/errors/error-table';
import { noValidKey } from '@/platform/errors/no-valid-key';
import { logger } from '@/platform/logger/logger';
import { createTrpcContext, requestIdOf } from '../context';
import { openAiError, openAiErrorBody } from './openai-errors';

/** Lets in who has a key or a session, and answers whatever goes wrong in OpenAI's error shape. */
export async function openAiDoor(
  request: Request,
  work: (actor: Actor, requestId: string) => Promise<Response>,
): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    const { actor } = await createTrpcContext(request.headers);
    if (!actor) throw noValidKey();
    return await work(actor, requestId);
  } catch (error) {
    return openAiError(refused(error, requestId), requestId);
  }
}

/** The same for an answer that has begun: the status is sent, so the error becomes its last event. */
export const errorEvent = (error: unknown, requestId: string) => openAiErrorBody(refused(error, requestId));

function refused(error: unknown, requestId: string) {
  const app = toAppError(error, requestId);
  const line = { path: '/api/v1', requestId, reason: app.reason };
  logger[errorTable[app.kind].log](app.kind === 'internal' ? { ...line, err: app.cause } : line, 'request refused');
  return app;
}
