export { ModelList } from './ui/model-list';
export { ModelPage } from './ui/model-page';
