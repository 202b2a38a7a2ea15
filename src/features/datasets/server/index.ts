import 'server-only';

export { createDatasetRouter } from './dataset.router';
export type { DatasetService, HoldoutExample, LinesToImport, VersionSnapshot } from './dataset.service';
