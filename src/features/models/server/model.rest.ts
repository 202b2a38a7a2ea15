import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { pageOf } from '@/lib/keyset';
import { defineRoute, type RestRoute } from '@/platform/rest/define-route';
import { modelDetail, modelListInput, modelSummary } from '../model.schema';
import type { ModelService } from './model.service';

const params = z.object({ id: idSchema });

export const createModelRoutes = (models: ModelService): RestRoute[] => [
  defineRoute({
    method: 'GET',
    path: '/api/fine-tuning/models',
    tag: 'Models',
    summary: 'List fine-tuned models, newest first',
    permission: 'models:read',
    query: modelListInput,
    output: pageOf(modelSummary),
    handle: ({ actor, query }) => models.list(actor, query),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/fine-tuning/models/{id}',
    tag: 'Models',
    summary: 'One model with lineage, proof and use',
    permission: 'models:read',
    params,
    output: modelDetail,
    handle: ({ actor, params: { id } }) => models.get(actor, id),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/fine-tuning/models/{id}',
    tag: 'Models',
    summary: 'Delete a model that no agent answers with',
    permission: 'models:write',
    params,
    status: 204,
    output: z.void(),
    handle: ({ actor, params: { id } }) => models.delete(actor, id),
  }),
];
