import type { Actor } from '@/lib/actor';
import type { Page } from '@/lib/keyset';
import { jobNotFound } from '../../job.errors';
import type { JobDetail, JobEvent, JobEventListInput, JobListInput, JobSummary, MetricPoint } from '../../job.schema';
import { thinMetrics } from '../../progress.rules';
import type { JobDeps } from '../job.service';

const DEFAULT_POINTS = 1000;

export const listJobs =
  ({ queries }: Pick<JobDeps, 'queries'>) =>
  async (actor: Actor, input: JobListInput): Promise<Page<JobSummary>> => {
    actor.require('jobs:read');
    return queries.list(actor.workspaceId, input);
  };

export const getJob =
  ({ queries }: Pick<JobDeps, 'queries'>) =>
  async (actor: Actor, id: string): Promise<JobDetail> => {
    actor.require('jobs:read');
    const job = await queries.get(actor.workspaceId, id);
    if (!job) throw jobNotFound();
    return job;
  };

/** Oldest first. */
export const listEvents =
  ({ repo, streams }: Pick<JobDeps, 'repo' | 'streams'>) =>
  async (actor: Actor, { id, ...input }: JobEventListInput): Promise<Page<JobEvent>> => {
    actor.require('jobs:read');
    if (!(await repo.findIn(actor.workspaceId, id))) throw jobNotFound();
    return streams.events(id, input);
  };

/** Points for a chart; more than `max` are thinned, first and last and extremes kept. */
export const listMetrics =
  ({ repo, streams }: Pick<JobDeps, 'repo' | 'streams'>) =>
  async (actor: Actor, id: string, max = DEFAULT_POINTS): Promise<MetricPoint[]> => {
    actor.require('jobs:read');
    if (!(await repo.findIn(actor.workspaceId, id))) throw jobNotFound();
    return thinMetrics(await streams.metrics(id), max);
  };
