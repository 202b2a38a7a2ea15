import 'server-only';
import { buildOpenApi } from '@/platform/rest/openapi';
import { restRoutes } from './rest-routes';

export const openApiDocument = () =>
  buildOpenApi(restRoutes(), {
    title: 'Tuneloop',
    version: '1.0.0',
    description: 'Datasets, fine-tuning jobs and models of one workspace. Keys are made on the settings page.',
  });
