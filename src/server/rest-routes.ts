import 'server-only';
import { createAgentRoutes } from '@/features/agents/server';
import { createDatasetRoutes } from '@/features/datasets/server';
import { createJobRoutes } from '@/features/jobs/server';
import { createModelRoutes } from '@/features/models/server';
import type { RestRoute } from '@/platform/rest/define-route';
import { services } from './services';

/** Every REST endpoint of the product: the dispatcher and the OpenAPI document read this list. */
export const restRoutes = (): RestRoute[] => [
  ...createDatasetRoutes(services().datasets),
  ...createJobRoutes(services().jobs),
  ...createModelRoutes(services().models),
  ...createAgentRoutes(services().agents),
];
