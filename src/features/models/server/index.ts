import 'server-only';

export { modelQueries } from './model.queries';
export { modelRepository } from './model.repository';
export { createModelRoutes } from './model.rest';
export { createModelRouter } from './model.router';
export { createModelService, type ModelService } from './model.service';
