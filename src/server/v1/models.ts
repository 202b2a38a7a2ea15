import 'server-only';
import { services } from '../services';
import { openAiDoor } from './openai-door';

/** `GET /api/v1/models`: the agents that answer, in OpenAI's shape. */
export function listModels(request: Request): Promise<Response> {
  return openAiDoor(request, async (actor, requestId) => {
    const agents = await services().agents.listAnswering(actor);
    const data = agents.map(({ slug, createdAt }) => ({
      ...{ id: slug, object: 'model', owned_by: 'workspace' },
      created: Math.floor(createdAt.getTime() / 1000),
    }));
    return Response.json({ object: 'list', data }, { headers: { 'x-request-id': requestId } });
  });
}
