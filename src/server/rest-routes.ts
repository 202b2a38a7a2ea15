import 'server-only';
import { createDatasetRoutes } from '@/features/datasets/server';
import { createJobRoutes } from '@/features/jobs/server';
import type { RestRoute } from '@/platform/rest/define-route';
import { services } from './services';

/** Every REST endpoint of the product: the dispatcher and the OpenAPI document read this list. */
export const restRoutes = (): RestRoute[] => [
  ...createDatasetRoutes(services().datasets),
  ...createJobRoutes(services().jobs),
];
