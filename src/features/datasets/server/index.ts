import 'server-only';

export { importFileInput } from '../dataset.schema';
export { analysisQueries } from './analysis/analysis.queries';
export { analysisRepository } from './analysis/analysis.repository';
export { changeQueries } from './change/change.queries';
export { changeRepository } from './change/change.repository';
export { createDatasetFunctions } from './dataset.functions';
export { datasetQueries } from './dataset.queries';
export { datasetRepository } from './dataset.repository';
export { createDatasetRoutes } from './dataset.rest';
export { createDatasetRouter } from './dataset.router';
export {
  createDatasetService,
  type DatasetService,
  type HoldoutExample,
  type VersionSnapshot,
} from './dataset.service';
export { diffQueries } from './diff/diff.queries';
export { exampleQueries } from './example.queries';
export { exportQueries } from './export/export.queries';
export { importRepository } from './import.repository';
export { problemQueries } from './problem.queries';
export { scoreQueries } from './scores/score.queries';
