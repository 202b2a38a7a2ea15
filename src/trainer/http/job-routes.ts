import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { FileStore } from '../files/file-store';
import { createJob, createJobBody } from '../jobs/create-job';
import type { JobLife } from '../jobs/job-life';
import { isOver, type JobObject } from '../jobs/job-objects';
import type { JobStore } from '../jobs/job-store';
import type { Supervisor } from '../jobs/supervisor';
import { badRequest, notFound, parseRequest } from './api-error';
import { readJsonBody } from './json-body';
import { page, pageQuery } from './paging';

const METADATA_FILTER = /^metadata\[(.+)\]$/;

/** `/v1/fine_tuning/jobs`. */
export function jobRoutes(jobs: JobStore, files: FileStore, life: JobLife, supervisor: Supervisor) {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  const find = (id: string) => {
    const job = jobs.get(id);
    if (!job) throw notFound('fine-tuning job', id, 'fine_tune_not_found');
    return job;
  };

  routes.post('/', async (c) => {
    const body = parseRequest(createJobBody, await readJsonBody(c.req.raw));
    const job = createJob(body, supervisor.waiting(), jobs, files);
    life.say(job, 'created', { message: `Created fine-tuning job: ${job.object.id}` });
    life.say(job, 'validating', { message: 'Validating the files.' });
    supervisor.add(job);
    return c.json(job.object);
  });
  routes.get('/', (c) => {
    const query = c.req.query();
    const { after, limit } = pageQuery(query, 20, 100);
    const wanted = jobs.list().map(({ object }) => object);
    return c.json(page(wanted.filter(metadataFilter(query)), after, limit));
  });
  routes.get('/:id', (c) => c.json(find(c.req.param('id')).object));
  routes.post('/:id/cancel', async (c) => {
    const job = find(c.req.param('id'));
    if (isOver(job.object)) {
      throw badRequest(
        `The job has ${job.object.status} already, so it cannot be cancelled.`,
        null,
        'invalid_job_state',
      );
    }
    await supervisor.cancel(job);
    return c.json(job.object);
  });
  routes.get('/:id/events', (c) => {
    const { object } = find(c.req.param('id'));
    const { after, limit } = pageQuery(c.req.query(), 20, 1000);
    return c.json(page(jobs.events(object.id), after, limit));
  });
  routes.get('/:id/checkpoints', (c) => {
    const { checkpoints } = find(c.req.param('id'));
    const { after, limit } = pageQuery(c.req.query(), 10, 100);
    const shown = page(checkpoints.toReversed(), after, limit);
    return c.json({ ...shown, first_id: shown.data[0]?.id ?? null, last_id: shown.data.at(-1)?.id ?? null });
  });
  return routes;
}

/** `metadata[key]=value` for each pair that a job must have, or `metadata=null` for jobs without any. */
function metadataFilter(query: Record<string, string>): (job: JobObject) => boolean {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    const key = METADATA_FILTER.exec(name)?.[1];
    return key === undefined ? [] : [[key, value] as const];
  });
  return ({ metadata }) => {
    if (query.metadata === 'null' && metadata !== null) return false;
    return pairs.every(([key, value]) => metadata?.[key] === value);
  };
}
