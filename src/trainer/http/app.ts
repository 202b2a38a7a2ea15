import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { FileStore } from '../files/file-store';
import type { JobLife } from '../jobs/job-life';
import type { JobStore } from '../jobs/job-store';
import type { Supervisor } from '../jobs/supervisor';
import { log } from '../log';
import type { GenerationService } from '../serving/generation-service';
import type { ModelCatalog } from '../serving/model-catalog';
import { ApiError } from './api-error';
import { chatRoutes } from './chat-routes';
import { fileRoutes } from './file-routes';
import { jobRoutes } from './job-routes';

export interface AppParts {
  readonly apiKey: string | null;
  readonly files: FileStore;
  readonly jobs: JobStore;
  readonly life: JobLife;
  readonly supervisor: Supervisor;
  readonly catalog: ModelCatalog;
  readonly generation: GenerationService;
}

/** The trainer's HTTP interface: OpenAI's paths and shapes under `/v1`, and `/health`. */
export function createApp({ apiKey, files, jobs, life, supervisor, catalog, generation }: AppParts) {
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.get('/health', (c) => c.json({ status: 'ok', waiting_jobs: supervisor.waiting() }));
  app.use('/v1/*', async (c, next) => {
    if (apiKey !== null) requireKey(c.req.header('authorization'), apiKey);
    // without a key, only programs on this machine are welcome: no web page may reach in through a browser
    else if (c.req.header('origin')) throw new ApiError(403, 'Requests from web pages are refused.', 'origin_refused');
    await next();
  });
  app.get('/v1/models', (c) => c.json({ object: 'list', data: catalog.list() }));
  app.get('/v1/models/:id', (c) => {
    const id = c.req.param('id');
    const found = catalog.find(id);
    if (!found) throw new ApiError(404, `The model "${id}" does not exist here.`, 'model_not_found', 'model');
    return c.json(found.model);
  });
  app.route('/v1/files', fileRoutes(files));
  app.route('/v1/fine_tuning/jobs', jobRoutes(jobs, files, life, supervisor));
  app.route('/v1/chat/completions', chatRoutes(catalog, generation));

  app.notFound((c) => {
    const error = new ApiError(404, `Invalid URL (${c.req.method} ${c.req.path})`, 'unknown_url');
    return c.json(error.body(), error.status);
  });
  app.onError((error, c) => {
    if (error instanceof ApiError) return c.json(error.body(), error.status);
    log('error', 'request failed', { method: c.req.method, path: c.req.path, error: error.stack ?? String(error) });
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
    const message = full ? 'The disk of the trainer is full. Free some space.' : 'The trainer failed on this request.';
    const failure = new ApiError(full ? 507 : 500, message, full ? 'disk_full' : 'internal_error');
    return c.json(failure.body(), failure.status);
  });
  return app;
}

function requireKey(header: string | undefined, key: string): void {
  const given = header?.startsWith('Bearer ') ? header.slice('Bearer '.length) : '';
  const digest = (text: string) => createHash('sha256').update(text).digest();
  if (timingSafeEqual(digest(given), digest(key))) return;
  throw new ApiError(401, 'Incorrect API key provided. Send the key of TRAINER_API_KEY.', 'invalid_api_key');
}
