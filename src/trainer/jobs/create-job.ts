import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { z } from 'zod';
import { BASE_MODEL } from '../config';
import type { FileStore } from '../files/file-store';
import { ApiError, badRequest } from '../http/api-error';
import { LIMITS } from '../training/hyperparameters';
import type { StoredJob } from './job-objects';
import type { JobStore } from './job-store';

/** More unfinished jobs than this are refused. */
export const MAX_WAITING_JOBS = 100;
/** Used when a job names none, so that the same data gives the same model. */
const DEFAULT_SEED = 42;

const auto = z.literal('auto');
const hyperparameters = z.object({
  n_epochs: z.union([auto, z.number().int().min(LIMITS.n_epochs.min).max(LIMITS.n_epochs.max)]).optional(),
  batch_size: z.union([auto, z.number().int().min(LIMITS.batch_size.min).max(LIMITS.batch_size.max)]).optional(),
  learning_rate_multiplier: z.union([auto, z.number().positive().max(LIMITS.learning_rate_multiplier.max)]).optional(),
});

/** The body of `POST /v1/fine_tuning/jobs`: ranges are OpenAI's, except where this trainer can do less. */
export const createJobBody = z.object({
  model: z.string(),
  training_file: z.string(),
  validation_file: z.string().nullish(),
  suffix: z.string().min(1).max(64).nullish(),
  seed: z.number().int().min(0).max(2_147_483_647).nullish(),
  metadata: z
    .record(z.string().max(64), z.string().max(512))
    .refine((pairs) => Object.keys(pairs).length <= 16, 'at most 16 pairs')
    .nullish(),
  hyperparameters: hyperparameters.nullish(),
  method: z
    .object({
      type: z.string(),
      supervised: z.object({ hyperparameters: hyperparameters.nullish() }).nullish(),
    })
    .nullish(),
});

export type CreateJobBody = z.infer<typeof createJobBody>;

/**
 * Writes a new job with its own copy of the files, in state `validating_files`. What can be known without reading the
 * files is refused here with 400; what is wrong inside them lets the job fail before training, as with OpenAI.
 */
export function createJob(body: CreateJobBody, waiting: number, jobs: JobStore, files: FileStore): StoredJob {
  if (body.model !== BASE_MODEL) {
    throw badRequest(
      `The model "${body.model}" cannot be fine-tuned here. Use "${BASE_MODEL}".`,
      'model',
      'model_not_found',
    );
  }
  if (body.method && body.method.type !== 'supervised') {
    throw badRequest('This trainer knows the method "supervised" only.', 'method.type', 'unsupported_method');
  }
  if (waiting >= MAX_WAITING_JOBS) {
    throw new ApiError(429, `${waiting} jobs wait already. Cancel some, or try again later.`, 'queue_full');
  }
  const training = fileFor(files, body.training_file, 'training_file');
  const validation = body.validation_file ? fileFor(files, body.validation_file, 'validation_file') : null;
  const asked = body.method?.supervised?.hyperparameters ?? body.hyperparameters ?? {};
  const { n_epochs = 'auto', batch_size = 'auto', learning_rate_multiplier = 'auto' } = asked;
  const chosen = { n_epochs, batch_size, learning_rate_multiplier };
  const id = `ftjob-${randomBytes(12).toString('hex')}`;
  jobs.prepare(id);
  fs.copyFileSync(training, jobs.pathOf(id, 'train.jsonl'));
  if (validation) fs.copyFileSync(validation, jobs.pathOf(id, 'validation.jsonl'));
  const job: StoredJob = {
    object: {
      id,
      object: 'fine_tuning.job',
      created_at: Math.floor(Date.now() / 1000),
      model: body.model,
      organization_id: 'org-tuneloop',
      status: 'validating_files',
      training_file: body.training_file,
      validation_file: body.validation_file ?? null,
      result_files: [],
      fine_tuned_model: null,
      finished_at: null,
      estimated_finish: null,
      trained_tokens: null,
      seed: body.seed ?? DEFAULT_SEED,
      hyperparameters: chosen,
      method: { type: 'supervised', supervised: { hyperparameters: chosen } },
      error: null,
      metadata: body.metadata ?? null,
      integrations: [],
      user_provided_suffix: body.suffix ?? null,
    },
    checkpoints: [],
    restarts: 0,
    process: null,
    createdAtMs: Date.now(),
  };
  jobs.save(job);
  return job;
}

/** Path of a file that may be trained on. */
function fileFor(files: FileStore, id: string, param: string): string {
  const file = files.get(id);
  if (!file) throw badRequest(`There is no file "${id}". Upload it first.`, param, 'file_not_found');
  if (file.purpose !== 'fine-tune') throw badRequest(`The file "${id}" was not uploaded for fine-tuning.`, param);
  return files.contentPath(id);
}
