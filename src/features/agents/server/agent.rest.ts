import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { defineRoute, type RestRoute } from '@/platform/rest/define-route';
import { deployed, deployInput } from '../agent.schema';
import { importConversationsInput, imported } from '../conversation.schema';
import type { AgentService } from './agent.service';

export const createAgentRoutes = (agents: AgentService): RestRoute[] => [
  defineRoute({
    method: 'POST',
    path: '/api/fine-tuning/models/{id}/deploy',
    tag: 'Models',
    summary: 'Put a model behind an agent',
    description: '`agent` is the id or slug of an agent; a slug nobody has yet makes a new agent.',
    permission: 'agents:write',
    params: z.object({ id: idSchema }),
    body: deployInput.omit({ modelId: true }),
    output: deployed,
    handle: ({ actor, params: { id }, body }) => agents.deployModel(actor, { ...body, modelId: id }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/fine-tuning/datasets/from-conversations',
    tag: 'Datasets',
    summary: 'Make a dataset, or the next version of one, from an agent’s conversations',
    permission: 'datasets:write',
    body: importConversationsInput,
    output: imported,
    status: 202,
    handle: ({ actor, body }) => agents.importConversations(actor, body),
  }),
];
