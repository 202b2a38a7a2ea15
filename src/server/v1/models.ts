import 'server-only';
import { toAppError } from '@/platform/errors/error-table';
import { createTrpcContext } from '../context';
import { services } from '../services';
import { signInFirst } from './chat-completions';
import { openAiError } from './openai-errors';

/** `GET /api/v1/models`: the agents that answer, in OpenAI's shape. */
export async function listModels(request: Request): Promise<Response> {
  const { actor, requestId } = await createTrpcContext(request.headers);
  try {
    if (!actor) throw signInFirst();
    const agents = await services().agents.listAnswering(actor);
    const data = agents.map(({ slug, createdAt }) => ({
      id: slug,
      object: 'model',
      created: Math.floor(createdAt.getTime() / 1000),
      owned_by: 'workspace',
    }));
    return Response.json({ object: 'list', data });
  } catch (error) {
    return openAiError(toAppError(error, requestId), requestId);
  }
}
