import type { Hyperparameters } from './hyperparameters';

/** What the training process is started with (`spec.json` in the job's folder). */
export interface TrainingSpec {
  readonly jobId: string;
  readonly folder: string;
  readonly baseCheckpoint: string;
  readonly tokenizer: string;
  readonly trainingFile: string;
  readonly validationFile: string | null;
  readonly hyperparameters: Hyperparameters;
  readonly seed: number;
  readonly threads: number;
}

/** Figures of one step; `step` 0 is the untouched base. Losses are mean nats per learned token. */
export interface StepReport {
  readonly type: 'step';
  /** Unix milliseconds. */
  readonly at: number;
  readonly step: number;
  readonly totalSteps: number;
  readonly epoch: number;
  readonly trainLoss: number | null;
  readonly trainAccuracy: number | null;
  /** Over a small fixed slice of the validation set. */
  readonly validLoss: number | null;
  readonly validAccuracy: number | null;
  /** Over the whole validation set: before the first step and after each epoch. */
  readonly fullValidLoss: number | null;
  readonly fullValidAccuracy: number | null;
  readonly learningRate: number | null;
  readonly tokensPerSecond: number | null;
  /** Tokens of training examples seen so far. */
  readonly trainedTokens: number;
}

/** A checkpoint that can be served lies in `file`. */
export interface CheckpointReport {
  readonly type: 'checkpoint';
  readonly at: number;
  readonly step: number;
  readonly epoch: number;
  readonly file: string;
}

export interface ResumedReport {
  readonly type: 'resumed';
  readonly at: number;
  readonly step: number;
}

export interface EndReport {
  readonly type: 'succeeded';
  readonly at: number;
  readonly trainedTokens: number;
}

/** The job cannot go on and a restart would not help. */
export interface FailureReport {
  readonly type: 'failed';
  readonly at: number;
  readonly code: string;
  readonly message: string;
}

/** One JSON line on the training process's standard output. */
export type TrainingReport = StepReport | CheckpointReport | ResumedReport | EndReport | FailureReport;
