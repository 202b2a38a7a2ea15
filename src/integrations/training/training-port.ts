/**
 * What Tuneloop asks of a training provider, in Tuneloop's words. Adapters speak a vendor's HTTP and return these shapes;
 * they throw `ProviderFailure` and nothing else, and hold no state beyond their settings.
 */

/** `unknown` is not terminal: the provider used a word we do not know. It is shown as it is, in `rawState`. */
export const providerJobStates = [
  'validating',
  'queued',
  'running',
  'finalizing',
  'paused',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
  'expired',
  'unknown',
] as const;

export type ProviderJobState = (typeof providerJobStates)[number];

const terminal: ReadonlySet<ProviderJobState> = new Set(['succeeded', 'failed', 'cancelled', 'expired']);

export const isTerminalState = (state: ProviderJobState): boolean => terminal.has(state);

export type LearningRate =
  | { kind: 'auto' }
  /** Scales the provider's own base rate. */
  | { kind: 'multiplier'; value: number }
  | { kind: 'absolute'; value: number };

/** Facts about a kind of provider, as data, so that no rule or screen tests a vendor's name. Stored as JSON. */
export interface Capabilities {
  learningRate: 'multiplier' | 'absolute' | 'either';
  methods: ('sft' | 'dpo' | 'rft')[];
  /** How a job that carries our tag is found again. */
  dedupe: 'metadata-filter' | 'scan';
  pause: boolean;
  events: boolean;
  /** Where the total number of steps is told. */
  totalSteps: 'job' | 'event' | 'none';
  metrics: 'events' | 'checkpoints' | 'none';
  checkpoints: boolean;
  serving: 'implicit' | 'dedicated' | 'none';
  /** Honours `weight: 0 | 1` on assistant messages. */
  messageWeight: boolean;
  /** Longest accepted suffix in characters; null = no suffix. */
  suffixMax: number | null;
  maxFileBytes: number;
  minExamples: number;
  /** Costs nothing by nature: the machine is the user's own. */
  free: boolean;
}

export interface TrainingSpec {
  baseModel: string;
  trainingFileId: string;
  validationFileId?: string | undefined;
  method: 'sft';
  hyperparameters: {
    /** Whole passes over the data. */
    epochs: number | 'auto';
    /** Examples per optimiser step. */
    batchSize: number | 'auto';
    learningRate: LearningRate;
  };
  /** 0..2147483647 */
  seed?: number | undefined;
  /** Becomes part of the tuned model's name; cut to `caps.suffixMax`. */
  suffix?: string | undefined;
}

export interface ProviderJob {
  id: string;
  state: ProviderJobState;
  /** The provider's own word for its state. */
  rawState: string;
  baseModel: string;
  /** Billable tokens so far, or null while the provider does not tell (OpenAI: until the end). */
  trainedTokens: number | null;
  totalSteps: number | null;
  /** Name to call the tuned model by; null until there is one. */
  fineTunedModel: string | null;
  error: { code: string | null; message: string; param: string | null } | null;
  /** Provider's clock. */
  createdAt: Date;
  finishedAt: Date | null;
  estimatedFinish: Date | null;
  /** Our launch token when the provider keeps it. */
  tag: string | null;
  trainingFileId: string | null;
  /** What `auto` became, as far as the provider tells. */
  hyperparameters: { epochs: number | null; batchSize: number | null; learningRateMultiplier: number | null };
}

export interface ProviderMetrics {
  step: number;
  totalSteps: number | null;
  epoch: number | null;
  trainLoss: number | null;
  /** Loss on one validation batch at this step. */
  validLoss: number | null;
  /** Loss on the whole validation file. */
  fullValidLoss: number | null;
  /** Share of tokens predicted exactly, 0..1. */
  trainAccuracy: number | null;
  validAccuracy: number | null;
  /** Absolute rate in force at this step. */
  learningRate: number | null;
  tokensPerSecond: number | null;
  trainedTokens: number | null;
}

export interface ProviderEvent {
  /** Stable at the provider: the same event always has the same id. */
  id: string;
  time: Date;
  level: 'info' | 'warn' | 'error';
  type: 'message' | 'metrics';
  message: string;
  metrics?: ProviderMetrics;
}

export interface ProviderCheckpoint {
  id: string;
  step: number;
  /** Name to call this checkpoint by. */
  modelId: string;
  createdAt: Date;
  metrics: Partial<ProviderMetrics>;
}

export interface ProviderBaseModel {
  id: string;
  /** ISO date after which the model no longer answers; null = none announced. */
  retiresOn: string | null;
  /** Stated by the provider itself; undefined where it does not tell. */
  tunable?: boolean;
  /** The provider's own extra figures about the model, as they came. */
  raw: Record<string, unknown>;
}

export interface AccessReport {
  /** The key works and the provider answers. */
  ok: boolean;
  mayCreate: 'yes' | 'no' | 'unknown';
  /** `closed` = it takes no jobs from this organisation any more; `no_training` = it only answers; else a failure class. */
  reason?: string;
  /** One sentence for the screen. */
  message: string;
  /** What was listed on the way; null when it did not come to that. */
  baseModels: ProviderBaseModel[] | null;
}

export interface UploadRequest {
  name: string;
  content: AsyncIterable<Buffer>;
  /** Exact size where it is known beforehand. */
  bytes?: number | undefined;
}

export interface ProviderPage<T> {
  items: T[];
  nextCursor: string | null;
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
}

export interface TrainingProvider {
  readonly caps: Capabilities;

  /**
   * @param probe also find out whether jobs may be created, where that can be asked without creating one
   *   (a create call that names a file which cannot exist). Never throws: what went wrong is the answer.
   */
  checkAccess(options?: { probe?: boolean; signal?: AbortSignal | undefined }): Promise<AccessReport>;

  listBaseModels(options?: CallOptions): Promise<ProviderBaseModel[]>;

  /** Streams one training file in flat memory. A repeat makes a second file, which is harmless but should be deleted. */
  uploadFile(file: UploadRequest, options?: CallOptions): Promise<{ fileId: string }>;

  /**
   * Exactly one HTTP attempt, whatever happens: creating a job costs money.
   *
   * @param tag the launch token; stored with the job so that `findJobs` finds it
   * @throws ProviderFailure `unknown_outcome` when the job may exist all the same (time-out, lost answer, 5xx):
   *   call `findJobs(tag)` before any second attempt. Every other class means that no job was created.
   */
  createJob(spec: TrainingSpec, tag: string, options?: CallOptions): Promise<ProviderJob>;

  /**
   * Jobs that carry the tag, newest first. Empty = none is visible now (it may still become visible for some seconds).
   *
   * @param trainingFileId the file that was uploaded for this launch and no other: finds the job at servers that keep no tag
   * @throws ProviderFailure `transient` when the list has no end within reason: nothing may be concluded then
   */
  findJobs(tag: string, options?: CallOptions & { trainingFileId?: string | undefined }): Promise<ProviderJob[]>;

  /** @throws ProviderFailure `not_found` when the provider does not know the id */
  getJob(id: string, options?: CallOptions): Promise<ProviderJob>;

  /** Newest first, up to 100 at a time: one call covers all jobs of a connection. */
  listJobs(cursor: string | null, options?: CallOptions): Promise<ProviderPage<ProviderJob>>;

  /**
   * Everything that is new since the cursor, oldest first, each id once, however the provider orders or repeats its pages.
   * `nextCursor` is never null: keep it and pass it next time, also when nothing came.
   * After a lost cursor start again with null and drop known ids.
   */
  listEvents(
    jobId: string,
    cursor: string | null,
    options?: CallOptions,
  ): Promise<{ items: ProviderEvent[]; nextCursor: string }>;

  /** Sorted by step. */
  listCheckpoints(jobId: string, options?: CallOptions): Promise<ProviderCheckpoint[]>;

  /**
   * Asks for the end; only a later read tells whether it came to that. A job that ended first is not an error:
   * the returned job then says how it ended.
   */
  cancelJob(id: string, options?: CallOptions): Promise<ProviderJob>;

  /** A file that is already gone is not an error. */
  deleteFile(fileId: string, options?: CallOptions): Promise<void>;
}
