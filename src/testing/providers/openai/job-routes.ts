import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';
import { FakeError } from './errors';
import { pageOf } from './paging';
import { type FakeJob, type FakeState, newId } from './state';

/** How a list of events is told; real services and look-alikes do all of this. */
export interface EventHabits {
  order: 'newest_first' | 'oldest_first' | 'shuffled';
  /** Each page is given twice before the next one comes. */
  repeatPages: boolean;
}

export const TUNABLE = ['gpt-4.1-2025-04-14', 'gpt-4.1-mini-2025-04-14', 'gpt-4o-2024-08-06', 'gpt-4o-mini-2024-07-18'];

const CLOSED_MESSAGE =
  'OpenAI is winding down the fine-tuning platform. New fine-tuning jobs are not available to your organization.';

const setting = z.union([z.literal('auto'), z.number().positive()]).optional();
const hyperparameters = z.object({ n_epochs: setting, batch_size: setting, learning_rate_multiplier: setting });
const createBody = z.object({
  model: z.string(),
  training_file: z.string(),
  validation_file: z.string().nullish(),
  suffix: z.string().min(1).max(64).nullish(),
  seed: z.number().int().min(0).max(2_147_483_647).nullish(),
  metadata: z.record(z.string().max(64), z.string().max(512)).nullish(),
  method: z
    .object({ type: z.literal('supervised'), supervised: z.object({ hyperparameters: hyperparameters.optional() }) })
    .optional(),
});

/** `/v1/fine_tuning/jobs`. Source: github.com/openai/openai-openapi, section Fine-tuning. */
export function jobRoutes(state: FakeState, habits: EventHabits) {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  let calls = 0;

  routes.post('/', async (c) => {
    if (state.closed) throw new FakeError(403, CLOSED_MESSAGE, null, 'training_not_available');
    const parsed = createBody.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) throw new FakeError(400, `Invalid request: ${parsed.error.issues[0]?.message}`);
    return c.json(shown(state, createJob(state, parsed.data)));
  });
  routes.get('/', (c) => {
    const query = c.req.query();
    const wanted = Object.entries(query).flatMap(([name, value]) => {
      const key = /^metadata\[(.+)\]$/.exec(name)?.[1];
      return key === undefined ? [] : [[key, value] as const];
    });
    const jobs = state.jobs.filter((job) => wanted.every(([key, value]) => job.metadata?.[key] === value));
    return c.json(
      pageOf(
        jobs.toReversed().map((job) => shown(state, job)),
        query,
        20,
      ),
    );
  });
  routes.get('/:id', (c) => c.json(shown(state, state.job(c.req.param('id')))));
  routes.post('/:id/cancel', (c) => {
    const job = state.job(c.req.param('id'));
    state.cancel(job);
    return c.json(shown(state, job));
  });
  routes.post('/:id/pause', (c) => c.json(shown(state, moved(state.job(c.req.param('id')), 'running', 'paused'))));
  routes.post('/:id/resume', (c) => c.json(shown(state, moved(state.job(c.req.param('id')), 'paused', 'queued'))));
  routes.get('/:id/events', (c) => {
    const newest = state.job(c.req.param('id')).events.toReversed();
    const listed = habits.order === 'oldest_first' ? newest.toReversed() : newest;
    const query = c.req.query();
    if (habits.repeatPages && query.after && calls++ % 2 === 0) {
      const at = listed.findIndex(({ id }) => id === query.after);
      const limit = Number(query.limit ?? 20);
      return c.json({ object: 'list', data: listed.slice(Math.max(0, at + 1 - limit), at + 1), has_more: true });
    }
    const page = pageOf(listed, query, 20);
    if (habits.order === 'shuffled') page.data = shuffledWithin(page.data);
    return c.json(page);
  });
  routes.get('/:id/checkpoints', (c) => {
    const page = pageOf(state.job(c.req.param('id')).checkpoints.toReversed(), c.req.query(), 10);
    return c.json({ ...page, first_id: page.data[0]?.id ?? null, last_id: page.data.at(-1)?.id ?? null });
  });
  return routes;
}

function createJob(state: FakeState, body: z.infer<typeof createBody>): FakeJob {
  if (!TUNABLE.includes(body.model))
    throw new FakeError(400, `Model ${body.model} is not available for fine-tuning.`, 'model', 'model_not_available');
  const fileOf = (id: string, param: string) => {
    const file = state.files.get(id);
    if (file) return file;
    throw new FakeError(400, `invalid ${param}: ${id}`, param, 'invalid_file');
  };
  const training = fileOf(body.training_file, 'training_file');
  if (body.validation_file) fileOf(body.validation_file, 'validation_file');
  const asked = body.method?.supervised.hyperparameters ?? {};
  const number = (value: unknown, fallback: number) => (typeof value === 'number' ? value : fallback);
  const few = training.lines < 10;
  const job: FakeJob = {
    id: newId('ftjob-'),
    createdAt: state.now,
    model: body.model,
    suffix: body.suffix ?? null,
    seed: body.seed ?? 42,
    trainingFile: training.id,
    validationFile: body.validation_file ?? null,
    metadata: body.metadata ?? null,
    asked,
    plan: {
      examples: training.lines,
      epochs: number(asked.n_epochs, 3),
      batchSize: number(asked.batch_size, Math.max(1, Math.round(training.lines / 500))),
      tokensPerEpoch: Math.ceil(training.bytes / 4),
      hasValidation: !!body.validation_file,
      problem: few
        ? {
            code: 'invalid_training_file',
            message: `Training file has ${training.lines} example(s), but must have at least 10 examples`,
            param: 'training_file',
          }
        : null,
    },
    status: 'validating_files',
    shown: null,
    step: 0,
    finishedAt: null,
    pausedSeconds: 0,
    events: [],
    checkpoints: [],
  };
  state.add(job);
  return job;
}

/** As the API shows it, with the deviations from its own schema that are seen in its examples. */
function shown(state: FakeState, job: FakeJob) {
  const { plan } = job;
  const known = { n_epochs: plan.epochs, batch_size: plan.batchSize, learning_rate_multiplier: 1.8 };
  const values = job.status === 'validating_files' ? job.asked : { ...known, ...numbersOf(job.asked) };
  return {
    id: job.id,
    object: 'fine_tuning.job' as const,
    created_at: job.createdAt,
    model: job.model,
    organization_id: 'org-fake',
    status: job.shown ?? job.status,
    training_file: job.trainingFile,
    validation_file: job.validationFile,
    result_files: [],
    fine_tuned_model: job.status === 'succeeded' && !job.nameless ? state.tunedModel(job) : null,
    finished_at: job.finishedAt,
    estimated_finish: 0,
    trained_tokens: job.status === 'succeeded' ? plan.tokensPerEpoch * plan.epochs : null,
    seed: job.seed,
    hyperparameters: values,
    method: { type: 'supervised', supervised: { hyperparameters: values } },
    error: job.status === 'failed' ? plan.problem : {},
    metadata: job.metadata,
    user_provided_suffix: job.suffix,
  };
}

const numbersOf = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'number'));

function moved(job: FakeJob, from: string, to: string): FakeJob {
  if (job.status !== from) throw new FakeError(400, `Job is ${job.status}, not ${from}.`, null, 'invalid_job_state');
  job.status = to;
  return job;
}

/** Neighbours change places, the page's last row stays: the next page goes on from it. */
function shuffledWithin<T>(rows: T[]): T[] {
  const last = rows.slice(-1);
  const rest = rows.slice(0, -1);
  return [...rest.filter((_, index) => index % 2 === 1), ...rest.filter((_, index) => index % 2 === 0), ...last];
}
