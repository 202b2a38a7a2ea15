import 'server-only';

export { createJobRouter } from './job.router';
export type { JobService } from './job.service';
