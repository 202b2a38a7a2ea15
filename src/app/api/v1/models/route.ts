export { listModels as GET } from '@/server/v1/models';
