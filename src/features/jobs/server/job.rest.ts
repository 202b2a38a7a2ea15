import { createHash } from 'node:crypto';
import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { pageOf } from '@/lib/keyset';
import { NANO_USD } from '@/lib/money';
import { newId } from '@/lib/new-id';
import { defineRoute, type RestRoute } from '@/platform/rest/define-route';
import {
  eventTypes,
  hyperparameters,
  jobDetail,
  jobEventListInput,
  jobEventPage,
  jobListInput,
  jobSubmitInput,
  jobSummary,
} from '../job.schema';
import type { JobService } from './job.service';

const params = z.object({ id: idSchema });

/** Dollars as exact decimal text at the border ("12.5"), nano-dollars inside. */
const dollars = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,9})?$/, 'Write dollars as decimal text, like "12.50".')
  .describe('US dollars as decimal text');

const toNano = (text: string): bigint => {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole) * NANO_USD + BigInt(fraction.padEnd(9, '0'));
};

const jobLaunchBody = z
  .object({
    /** Its newest ready version is used. */
    dataset: idSchema.optional(),
    datasetVersionId: idSchema.optional(),
    /** Left out = the built-in trainer. */
    connectionId: idSchema.optional(),
    /** Left out = the connection's first base model that can be tuned. */
    baseModel: z.string().min(1).max(200).optional(),
    hyperparameters: hyperparameters.partial().optional(),
    name: jobSubmitInput.shape.name,
    suffix: jobSubmitInput.shape.suffix,
    seed: jobSubmitInput.shape.seed,
    /** Required when the price is unknown. */
    cap: dollars.optional(),
  })
  .refine((body) => Boolean(body.dataset) !== Boolean(body.datasetVersionId), {
    path: ['dataset'],
    message: 'Name one of "dataset" and "datasetVersionId".',
  });

const eventQuery = jobEventListInput.omit({ id: true, types: true }).extend({ type: z.enum(eventTypes).optional() });

export const createJobRoutes = (jobs: JobService): RestRoute[] => [
  defineRoute({
    method: 'POST',
    path: '/api/fine-tuning/jobs',
    tag: 'Jobs',
    summary: 'Launch a fine-tuning job',
    description:
      'Send an Idempotency-Key so that a repeated request launches nothing twice. With an unknown price a `cap` is needed.',
    permission: 'jobs:launch',
    body: jobLaunchBody,
    output: jobSummary,
    status: 201,
    handle: async ({ actor, body, request }) => {
      const { dataset, datasetVersionId, connectionId, baseModel, cap, ...rest } = body;
      const defaults = await jobs.launchDefaults(actor, {
        datasetId: dataset,
        versionId: datasetVersionId,
        connectionId,
        baseModel,
      });
      return jobs.submit(actor, {
        ...rest,
        ...defaults,
        ...(cap !== undefined && { cap: toNano(cap) }),
        requestId: requestIdOf(request),
      });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/fine-tuning/jobs',
    tag: 'Jobs',
    summary: 'List jobs, newest first',
    permission: 'jobs:read',
    query: jobListInput,
    output: pageOf(jobSummary),
    handle: ({ actor, query }) => jobs.list(actor, query),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/fine-tuning/jobs/{id}',
    tag: 'Jobs',
    summary: 'One job with phases, cost, checkpoints and launch attempts',
    permission: 'jobs:read',
    params,
    output: jobDetail,
    handle: ({ actor, params: { id } }) => jobs.get(actor, id),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/fine-tuning/jobs/{id}/cancel',
    tag: 'Jobs',
    summary: 'Cancel a job',
    description: 'Honoured in every phase. If the run ended first, that end stands and the answer shows it.',
    permission: 'jobs:launch',
    params,
    output: jobDetail,
    handle: ({ actor, params: { id } }) => jobs.cancel(actor, id),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/fine-tuning/jobs/{id}/events',
    tag: 'Jobs',
    summary: 'Events of a job, oldest first',
    description:
      'Page with `cursor`. A job that is still running gets more events: keep the last cursor and ask again.',
    permission: 'jobs:read',
    params,
    query: eventQuery,
    output: jobEventPage,
    handle: ({ actor, params: { id }, query: { type, ...page } }) =>
      jobs.events(actor, { ...page, id, ...(type && { types: [type] }) }),
  }),
];

/** A repeated request with the same Idempotency-Key is the same job, also when its first answer was lost half-way. */
const requestIdOf = (request: Request): string => {
  const key = request.headers.get('idempotency-key');
  return key ? `rest-${createHash('sha256').update(key).digest('hex')}` : newId();
};
