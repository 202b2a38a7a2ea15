import 'server-only';

export { createJobFunctions } from './job.functions';
export { jobQueries } from './job.queries';
export { jobRepository } from './job.repository';
export { createJobRoutes } from './job.rest';
export { createJobRouter } from './job.router';
export { createJobService, type JobService } from './job.service';
export { launchRepository } from './job-launch.repository';
export { pollRepository } from './job-poll.repository';
export { startJobPoller } from './job-poller';
export { streamQueries } from './job-stream.queries';
