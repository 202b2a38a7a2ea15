import type {
  ProviderBaseModel,
  ProviderCheckpoint,
  ProviderJob,
  ProviderJobState,
  TrainingSpec,
} from '../training-port';
import { metricsOf } from './event-mapping';
import { type Fields, fieldsOf, integer, number, text, time } from './loose';

/** Key of our launch token in the job's metadata. */
export const TAG_KEY = 'tuneloop_launch';

/** Source: the status enum of github.com/openai/openai-openapi, and `paused`, which is used but not listed there. */
const STATES: Record<string, ProviderJobState> = {
  validating_files: 'validating',
  queued: 'queued',
  running: 'running',
  paused: 'paused',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** A word that we do not know is `unknown`, which is not terminal: it must never look like an end or a success. */
export const toState = (status: string): ProviderJobState => STATES[status] ?? 'unknown';

/** @throws Error when there is no id: then it is not a job at all */
export function toJob(raw: unknown): ProviderJob {
  const job = fieldsOf(raw);
  const id = text(job.id);
  if (id === null) throw new Error('the answer holds no job id');
  const rawState = text(job.status) ?? 'unknown';
  const supervised = fieldsOf(fieldsOf(fieldsOf(job.method).supervised).hyperparameters);
  const hyperparameters = { ...fieldsOf(job.hyperparameters), ...supervised };
  return {
    id,
    state: toState(rawState),
    rawState,
    baseModel: text(job.model) ?? '',
    trainedTokens: integer(job.trained_tokens),
    totalSteps: integer(job.total_steps),
    fineTunedModel: text(job.fine_tuned_model),
    error: toJobError(job.error),
    createdAt: time(job.created_at) ?? new Date(0),
    finishedAt: time(job.finished_at),
    estimatedFinish: time(job.estimated_finish),
    tag: text(fieldsOf(job.metadata)[TAG_KEY]),
    trainingFileId: text(job.training_file),
    hyperparameters: {
      epochs: integer(hyperparameters.n_epochs),
      batchSize: integer(hyperparameters.batch_size),
      learningRateMultiplier: number(hyperparameters.learning_rate_multiplier),
    },
  };
}

/** `null`, `{}` and an object of nulls all mean "no error" in OpenAI's own examples. */
function toJobError(raw: unknown): ProviderJob['error'] {
  const error = fieldsOf(raw);
  const message = text(error.message);
  const code = text(error.code);
  if (message === null && code === null) return null;
  return { code, message: message ?? code ?? '', param: text(error.param) };
}

export function toCheckpoint(raw: unknown): ProviderCheckpoint | null {
  const checkpoint = fieldsOf(raw);
  const id = text(checkpoint.id);
  const step = integer(checkpoint.step_number);
  const modelId = text(checkpoint.fine_tuned_model_checkpoint);
  if (id === null || step === null || modelId === null) return null;
  const metrics = metricsOf({ ...fieldsOf(checkpoint.metrics), step }) ?? {};
  return { id, step, modelId, createdAt: time(checkpoint.created_at) ?? new Date(0), metrics };
}

export function toBaseModel(raw: unknown): ProviderBaseModel | null {
  const model = fieldsOf(raw);
  const id = text(model.id);
  if (id === null || id.startsWith('ft:') || text(model.parent) !== null) return null;
  const tunable = typeof model.tunable === 'boolean' ? { tunable: model.tunable } : {};
  return { id, retiresOn: text(model.shutdown_date), ...tunable, raw: model };
}

/** The last characters of a tag: enough to tell our launches apart where only the suffix comes back. */
export const shortTag = (tag: string): string => tag.replaceAll('-', '').slice(-12);

/** OpenAI accepts 1-64 characters; letters, digits and hyphens survive in the model's name everywhere. */
export function toSuffix(suffix: string | undefined, max: number | null, ending?: string): string | null {
  if (max === null) return null;
  const clean = (suffix ?? '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const room = ending ? max - ending.length - 1 : max;
  const start = clean.slice(0, Math.max(0, room)).replace(/-+$/, '');
  return [start, ending].filter(Boolean).join('-') || null;
}

/** Body of `POST /fine_tuning/jobs`. `auto` is sent as the word, which is the provider's default for each value. */
export function toCreateBody(spec: TrainingSpec, tag: string, suffix: string | null): Fields {
  const { epochs, batchSize, learningRate } = spec.hyperparameters;
  return {
    model: spec.baseModel,
    training_file: spec.trainingFileId,
    ...(spec.validationFileId === undefined ? {} : { validation_file: spec.validationFileId }),
    ...(suffix === null ? {} : { suffix }),
    ...(spec.seed === undefined ? {} : { seed: spec.seed }),
    method: {
      type: 'supervised',
      supervised: {
        hyperparameters: {
          n_epochs: epochs,
          batch_size: batchSize,
          learning_rate_multiplier: learningRate.kind === 'multiplier' ? learningRate.value : 'auto',
        },
      },
    },
    metadata: { [TAG_KEY]: tag },
  };
}
