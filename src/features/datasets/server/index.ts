import 'server-only';

export { importFileInput } from '../dataset.schema';
export { createDatasetRouter } from './dataset.router';
export type { DatasetService, HoldoutExample, LinesToImport, VersionSnapshot } from './dataset.service';
