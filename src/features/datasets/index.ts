export { DatasetPage, type OpenVersion } from './ui/dataset-page';
export { datasetListQuery, loadDatasetFilters } from './ui/list/dataset-filters';
export { DatasetList } from './ui/list/dataset-list';
export { UploadsProvider } from './ui/upload/uploads';
