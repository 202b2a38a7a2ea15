import type { RequestedHyperparameters } from '../training/hyperparameters';

export type JobStatus = 'validating_files' | 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** Why a job failed. */
export interface JobError {
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
}

/** A fine-tuning job exactly as OpenAI's API shows it; times are Unix seconds. */
export interface JobObject {
  readonly id: string;
  readonly object: 'fine_tuning.job';
  readonly created_at: number;
  readonly model: string;
  readonly organization_id: string;
  status: JobStatus;
  readonly training_file: string;
  readonly validation_file: string | null;
  result_files: string[];
  fine_tuned_model: string | null;
  finished_at: number | null;
  estimated_finish: number | null;
  /** Tokens of the training examples times the epochs, once known. */
  trained_tokens: number | null;
  readonly seed: number;
  hyperparameters: RequestedHyperparameters;
  method: { type: 'supervised'; supervised: { hyperparameters: RequestedHyperparameters } };
  error: JobError | null;
  readonly metadata: Record<string, string> | null;
  readonly integrations: [];
  readonly user_provided_suffix: string | null;
}

/** Keys are those of OpenAI's metric events, and a few of our own at the end. Values that were not measured are absent. */
export interface StepMetrics {
  readonly step: number;
  readonly total_steps?: number;
  readonly train_loss?: number;
  readonly train_mean_token_accuracy?: number;
  readonly valid_loss?: number;
  readonly valid_mean_token_accuracy?: number;
  readonly full_valid_loss?: number;
  readonly full_valid_mean_token_accuracy?: number;
  readonly tokens_per_second?: number;
  readonly learning_rate?: number;
  readonly epoch?: number;
  readonly trained_tokens?: number;
}

export interface EventObject {
  /** Follows from the job and what happened, so that the same thing told twice is one event. */
  readonly id: string;
  readonly object: 'fine_tuning.job.event';
  readonly created_at: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly type: 'message' | 'metrics';
  readonly data: StepMetrics | Record<string, unknown> | null;
}

export interface CheckpointObject {
  readonly id: string;
  readonly object: 'fine_tuning.job.checkpoint';
  readonly created_at: number;
  readonly fine_tuned_model_checkpoint: string;
  readonly fine_tuning_job_id: string;
  readonly step_number: number;
  readonly metrics: Partial<StepMetrics>;
}

/** What the trainer keeps about a job beside what it shows. */
export interface StoredJob {
  readonly object: JobObject;
  readonly checkpoints: CheckpointObject[];
  /** How often the training process died and was started again. */
  restarts: number;
  /** The training process, while there is one. */
  process: { pid: number; startedAt: string | null } | null;
  /** Unix milliseconds: orders jobs of the same second. */
  readonly createdAtMs: number;
}

/** Whether a job has come to its end. */
export function isOver(job: JobObject): boolean {
  return job.status === 'succeeded' || job.status === 'failed' || job.status === 'cancelled';
}
