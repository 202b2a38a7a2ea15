import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { pageInput, pageOf } from '@/lib/keyset';
import { moneySchema } from '@/lib/money-schema';
import { jobSorts, jobStatuses, MAX_SUFFIX, SUFFIX_FORM } from './job-words.rules';
import { settingLimits } from './setting.rules';

export type JobStatus = (typeof jobStatuses)[number];

const { epochs, batchSize, learningRateMultiplier } = settingLimits;

export const hyperparameters = z.object({
  epochs: z.union([z.number().int().min(epochs.least).max(epochs.most), z.literal('auto')]),
  batchSize: z.union([z.number().int().min(batchSize.least).max(batchSize.most), z.literal('auto')]),
  /** Scales the provider's own base rate. */
  learningRateMultiplier: z.union([z.number().positive().max(learningRateMultiplier.most), z.literal('auto')]),
});
export type Hyperparameters = z.infer<typeof hyperparameters>;

export const estimate = z.object({
  /** Null = unknown price: a person must type a cap. */
  low: moneySchema.nullable(),
  expected: moneySchema.nullable(),
  high: moneySchema.nullable(),
  arithmetic: z.array(z.string()),
  source: z.string().nullable(),
  checkedAt: z.string().nullable(),
  free: z.boolean(),
  freeReason: z.string().nullable(),
  unknownReason: z.string().nullable(),
  serving: z.string().nullable(),
});
export type JobEstimate = z.infer<typeof estimate>;

export const jobPlanInput = z.object({
  datasetVersionId: idSchema,
  connectionId: idSchema,
  baseModel: z.string().min(1).max(200),
  /** Left out = the base model's own defaults. */
  hyperparameters: hyperparameters.partial().optional(),
});
export type JobPlanInput = z.infer<typeof jobPlanInput>;

/** Everything the review step shows, and what a launch would hold. `hash` proves at submit that nothing changed since. */
export const jobPlan = z.object({
  hash: z.string(),
  suggestedName: z.string(),
  dataset: z.object({
    id: idSchema,
    name: z.string(),
    version: z.number().int(),
    versionId: idSchema,
    trainRows: z.number().int(),
    validationRows: z.number().int(),
    holdoutRows: z.number().int(),
    trainTokens: z.number(),
  }),
  baseModel: z.object({ connectionId: idSchema, connectionLabel: z.string(), id: z.string(), label: z.string() }),
  /** As it will be sent. */
  hyperparameters,
  /** What `auto` becomes, with the reason in words: "3 epochs: usual for 1 240 examples". */
  resolved: z.object({
    epochs: z.object({ low: z.number().int(), expected: z.number().int(), high: z.number().int(), why: z.string() }),
    batchSize: z.object({ expected: z.number().int(), why: z.string() }),
    learningRateMultiplier: z.object({ expected: z.number(), why: z.string() }),
  }),
  /** Optimiser steps in all, expected. */
  steps: z.number().int(),
  estimate,
  /** What will be held on the budget; null = a cap must be typed. */
  hold: moneySchema.nullable(),
  needsCap: z.boolean(),
  /** Expected running time in ms, when this installation has seen such jobs; else null. */
  expectedMs: z.number().nullable(),
  /** What stands in the way of a launch: each with a next step. Empty = ready. */
  blockers: z.array(z.object({ reason: z.string(), message: z.string() })),
  warnings: z.array(z.string()),
});
export type JobPlan = z.infer<typeof jobPlan>;

export const jobSubmitInput = jobPlanInput.extend({
  name: z.string().trim().min(1).max(120).optional(),
  /** Client-made id of this submit: a double click is one job. */
  requestId: z.string().min(8).max(100),
  /** Of the plan the person saw. Left out by API callers who launch without looking. */
  planHash: z.string().max(100).optional(),
  /** Most that this job may cost, in nano-dollars. Required when the price is unknown. */
  cap: moneySchema.refine((value) => value > 0n, 'The cap must be more than zero.').nullish(),
  suffix: z.string().trim().max(MAX_SUFFIX).regex(SUFFIX_FORM, 'Use letters, digits, dots and dashes.').optional(),
  seed: z.number().int().min(0).max(2_147_483_647).optional(),
});
export type JobSubmitInput = z.infer<typeof jobSubmitInput>;

export const jobError = z.object({
  reason: z.string(),
  /** What happened and why. */
  message: z.string(),
  nextStep: z.string(),
  /** What the provider really said. Holds no secret. */
  evidence: z.unknown().optional(),
});
export type JobError = z.infer<typeof jobError>;

const named = z.object({ id: idSchema, name: z.string() });

export const jobSummary = z.object({
  id: idSchema,
  name: z.string(),
  status: z.enum(jobStatuses),
  /** The provider's own word. */
  providerStatus: z.string().nullable(),
  stalled: z.boolean(),
  dataset: named.extend({ version: z.number().int(), versionId: idSchema }),
  connection: named.extend({ kind: z.string() }),
  baseModel: z.string(),
  lastStep: z.number().int(),
  totalSteps: z.number().int().nullable(),
  /** Newest measured losses. */
  trainLoss: z.number().nullable(),
  validLoss: z.number().nullable(),
  cost: moneySchema,
  cap: moneySchema.nullable(),
  model: named.nullable(),
  error: jobError.nullable(),
  createdByLabel: z.string().nullable(),
  createdAt: z.date(),
  runningAt: z.date().nullable(),
  endedAt: z.date().nullable(),
});
export type JobSummary = z.infer<typeof jobSummary>;

export const jobDetail = jobSummary.extend({
  hyperparameters,
  suffix: z.string().nullable(),
  seed: z.number().int(),
  providerJobId: z.string().nullable(),
  estimate: estimate.nullable(),
  /** Held now on the budgets. */
  held: moneySchema,
  charged: moneySchema.nullable(),
  trainedTokens: z.number().nullable(),
  /** Milliseconds until the end at the present pace; null while unknown. */
  remainingMs: z.number().nullable(),
  lastEventSeq: z.number().int(),
  /** When each phase began, and when something was last heard. */
  phases: z.object({
    queuedAt: z.date().nullable(),
    preparingAt: z.date().nullable(),
    launchingAt: z.date().nullable(),
    runningAt: z.date().nullable(),
    endedAt: z.date().nullable(),
  }),
  progressAt: z.date().nullable(),
  cancelRequestedAt: z.date().nullable(),
  cancelReason: z.string().nullable(),
  checkpoints: z.array(
    z.object({ step: z.number().int(), providerModelId: z.string(), metrics: z.record(z.string(), z.unknown()) }),
  ),
  attempts: z.array(
    z.object({
      number: z.number().int(),
      outcome: z.enum(['intended', 'accepted', 'rejected', 'unknown', 'adopted']),
      request: z.unknown(),
      response: z.unknown(),
      intendedAt: z.date(),
      settledAt: z.date().nullable(),
    }),
  ),
  /** Durable run to look at, when it can be linked: a path of ours or a dashboard's address. */
  runUrl: z.string().nullable(),
});
export type JobDetail = z.infer<typeof jobDetail>;

export const metricPoint = z.object({
  step: z.number().int(),
  epoch: z.number().nullable(),
  trainLoss: z.number().nullable(),
  validLoss: z.number().nullable(),
  fullValidLoss: z.number().nullable(),
  trainAccuracy: z.number().nullable(),
  validAccuracy: z.number().nullable(),
  learningRate: z.number().nullable(),
  tokensPerSecond: z.number().nullable(),
  trainedTokens: z.number().nullable(),
  /** The provider's clock. */
  providerTime: z.date().nullable(),
});
export type MetricPoint = z.infer<typeof metricPoint>;

export const eventTypes = ['status', 'message', 'metric', 'checkpoint', 'money', 'warning'] as const;

export const jobEvent = z.object({
  seq: z.number().int(),
  type: z.enum(eventTypes),
  level: z.enum(['info', 'warn', 'error']),
  message: z.string(),
  /** For `metric`: a metricPoint. */
  data: z.record(z.string(), z.unknown()).nullable(),
  providerTime: z.date().nullable(),
  receivedAt: z.date(),
});
export type JobEvent = z.infer<typeof jobEvent>;

/** One message of the live stream: what is true of the job now, and everything that happened since the last message. */
export const jobUpdate = z.object({
  job: jobDetail,
  events: z.array(jobEvent),
  metrics: z.array(metricPoint),
  sentAt: z.date(),
});
export type JobUpdate = z.infer<typeof jobUpdate>;

export const jobListInput = pageInput.extend({
  search: z.string().trim().max(100).optional(),
  /** `active` = everything that has not ended. */
  status: z.enum([...jobStatuses, 'active']).optional(),
  datasetId: idSchema.optional(),
  connectionId: idSchema.optional(),
  sort: z.enum(jobSorts).default('newest'),
});
export type JobListInput = z.infer<typeof jobListInput>;

export const jobEventListInput = pageInput.extend({ id: idSchema, types: z.array(z.enum(eventTypes)).optional() });
export type JobEventListInput = z.infer<typeof jobEventListInput>;
export const jobEventPage = pageOf(jobEvent);

export const jobUpdateInput = z.object({
  id: idSchema,
  name: z.string().trim().min(1, 'Give the job a name.').max(120).optional(),
  cap: moneySchema
    .refine((value) => value > 0n, 'The cap must be more than zero.')
    .nullable()
    .optional(),
});
export type JobUpdateInput = z.infer<typeof jobUpdateInput>;
