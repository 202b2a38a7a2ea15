import { z } from 'zod';
import { idSchema } from '@/lib/ids';

export const connectionKinds = ['builtin', 'openai', 'openai_compatible'] as const;

export type ConnectionKind = (typeof connectionKinds)[number];

export const connectionKindSchema = z.enum(connectionKinds);

/** `closed` = the key works, but the provider takes no training jobs from this organisation any more. */
export const connectionHealths = ['unknown', 'healthy', 'degraded', 'down', 'closed'] as const;

export type ConnectionHealth = (typeof connectionHealths)[number];

/** What `auto` becomes, as data: rules differ by provider and must be told before launch. */
export const autoRuleSchema = z.object({
  /** n_epochs = clamp(ceil(targetExamples / examples), min, max). */
  epochs: z.object({ targetExamples: z.number().int(), min: z.number().int(), max: z.number().int() }),
  /** batch_size = clamp(round(examples / divisor), min, max). */
  batchSize: z.object({ divisor: z.number(), min: z.number().int(), max: z.number().int() }),
  learningRateMultiplier: z.number(),
  /** In words, for the wizard. */
  explanation: z.string(),
  /** `stated` by the provider, or `observed` by others: then an estimate shows a range. */
  certainty: z.enum(['stated', 'observed']),
});

export const hyperparameterLimitsSchema = z.object({
  epochs: z.object({ min: z.number().int(), max: z.number().int() }),
  batchSize: z.object({ min: z.number().int(), max: z.number().int() }),
  learningRateMultiplier: z.object({ min: z.number(), max: z.number() }),
});

/** How our token counts (OpenAI's o200k_base) relate to the model's own. */
const tokenCountSchema = z.object({
  /** The model counts with o200k_base itself, so our counts are its counts. */
  exact: z.boolean(),
  /** So many of its own tokens are one of ours: least, usual and most. */
  least: z.number(),
  usual: z.number(),
  most: z.number(),
  /** Where the figures are from. */
  measured: z.string(),
});

/** What may stand in an example: true, false, or null = not known. */
const acceptsSchema = z.object({
  /** Tool definitions, calls and answers are trained on as such. */
  tools: z.boolean().nullable(),
  images: z.boolean().nullable(),
  /** `weight: 0` keeps an answer from being learned. */
  weights: z.boolean().nullable(),
});

export const baseModelSchema = z.object({
  connectionId: idSchema,
  connectionLabel: z.string(),
  connectionKind: connectionKindSchema,
  connectionHealth: z.enum(connectionHealths),
  /** The provider's own id: what a job names. */
  id: z.string(),
  label: z.string(),
  description: z.string().nullable(),
  /** May a job be launched on it today? `reason` says why not. */
  available: z.boolean(),
  unavailableReason: z.string().nullable(),
  /** Tokens; null = unknown. */
  contextTokens: z.number().int().nullable(),
  maxExampleTokens: z.number().int().nullable(),
  minExamples: z.number().int(),
  /** Training examples of one job; null = no limit is known. */
  maxExamples: z.number().int().nullable(),
  maxFileBytes: z.number().int(),
  tokenizer: z.string().nullable(),
  tokenCount: tokenCountSchema,
  accepts: acceptsSchema,
  defaults: z.object({
    epochs: z.union([z.number().int(), z.literal('auto')]),
    batchSize: z.union([z.number().int(), z.literal('auto')]),
    learningRateMultiplier: z.union([z.number(), z.literal('auto')]),
  }),
  limits: hyperparameterLimitsSchema,
  auto: autoRuleSchema,
  /** ISO dates: the last day on which jobs start, and the day the model and all its fine-tunes stop answering. */
  jobsUntil: z.string().nullable(),
  retiresOn: z.string().nullable(),
  free: z.boolean(),
  source: z.string().nullable(),
  checkedAt: z.string().nullable(),
});

export type BaseModel = z.infer<typeof baseModelSchema>;

export const connectionSummarySchema = z.object({
  id: idSchema,
  kind: connectionKindSchema,
  label: z.string(),
  baseUrl: z.string().nullable(),
  /** Last four characters of the key, e.g. "…wxyz". The key itself never leaves. */
  secretHint: z.string().nullable(),
  hasSecret: z.boolean(),
  health: z.enum(connectionHealths),
  healthMessage: z.string().nullable(),
  lastCheckedAt: z.date().nullable(),
  free: z.boolean(),
  baseModelCount: z.number().int(),
  createdAt: z.date(),
});

export type ConnectionSummary = z.infer<typeof connectionSummarySchema>;

const label = z.string().trim().min(1, 'Give it a name').max(80, 'At most 80 characters');
const secret = z
  .string()
  .trim()
  .max(500, 'At most 500 characters')
  .regex(/^[\x21-\x7e]*$/, 'A key has no spaces or special characters: copy it again');
const baseUrl = z
  .url({ protocol: /^https?$/, error: 'Write the whole address, like https://host/v1' })
  .max(500, 'At most 500 characters')
  .refine((value) => !/[@?#]/.test(value), 'The address must not hold a user name, a query or a fragment');

export const connectionCreateInput = z
  .object({
    kind: z.enum(['openai', 'openai_compatible']),
    label,
    /** OpenAI's own address is known; another one is a regional one or a gateway. */
    baseUrl: baseUrl.optional(),
    secret: secret.optional(),
  })
  .superRefine((value, context) => {
    if (value.kind === 'openai' && !value.secret) {
      context.addIssue({ code: 'custom', path: ['secret'], message: 'Paste an API key of your OpenAI project' });
    }
    if (value.kind === 'openai_compatible' && !value.baseUrl) {
      context.addIssue({
        code: 'custom',
        path: ['baseUrl'],
        message: 'Write the server address, like https://host/v1',
      });
    }
  });

export type ConnectionCreateInput = z.infer<typeof connectionCreateInput>;

export const connectionUpdateInput = z.object({
  id: idSchema,
  label: label.optional(),
  baseUrl: baseUrl.optional(),
  /** A new key replaces the old one; leave it out to keep it. */
  secret: secret.min(1).optional(),
});

export type ConnectionUpdateInput = z.infer<typeof connectionUpdateInput>;
