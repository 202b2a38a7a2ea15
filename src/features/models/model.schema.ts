import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { pageInput } from '@/lib/keyset';

export const modelStatuses = ['evaluating', 'ready', 'retired', 'deleted'] as const;

const score = z.object({
  /** Share of held-out answers that equal the expected answer, 0..1; null when it was not measured. */
  exactMatch: z.number().min(0).max(1).nullable(),
  /** Validation loss in nats per token; null when the provider reports none. */
  loss: z.number().nullable(),
});

/** What base and tuned model scored on examples that were never sent to the provider. */
export const modelProof = z.object({
  base: score,
  tuned: score,
  /** How many held-out examples were asked. */
  examples: z.number().int().min(0),
  measuredAt: z.iso.datetime(),
  rows: z.array(
    z.object({
      exampleId: z.string().optional(),
      question: z.string(),
      expected: z.string(),
      base: z.string(),
      tuned: z.string(),
    }),
  ),
  /** Why there is no (complete) score, in words for a person. */
  failure: z.string().optional(),
});
export type ModelProof = z.infer<typeof modelProof>;

const named = z.object({ id: idSchema, name: z.string() });

export const modelSummary = z.object({
  id: idSchema,
  family: z.string(),
  version: z.number().int(),
  /** "support-router v3": what people call it. */
  label: z.string(),
  status: z.enum(modelStatuses),
  baseModel: z.string(),
  providerModelId: z.string(),
  job: named,
  dataset: named.extend({ version: z.number().int(), versionId: idSchema }),
  connection: named.extend({ kind: z.string() }),
  proof: modelProof.omit({ rows: true }).nullable(),
  shutdownOn: z.date().nullable(),
  createdAt: z.date(),
});
export type ModelSummary = z.infer<typeof modelSummary>;

export const modelDetail = modelSummary.extend({
  proof: modelProof.nullable(),
  versions: z.array(z.object({ id: idSchema, version: z.number().int(), createdAt: z.date() })),
  usedBy: z.array(z.object({ id: idSchema, slug: z.string(), active: z.boolean() })),
});
export type ModelDetail = z.infer<typeof modelDetail>;

export const modelListInput = pageInput.extend({
  search: z.string().max(100).optional(),
  status: z.enum(['evaluating', 'ready', 'retired']).optional(),
  datasetId: idSchema.optional(),
});
export type ModelListInput = z.infer<typeof modelListInput>;

export const modelUpdateInput = z.object({
  id: idSchema,
  status: z.enum(['ready', 'retired'], 'A model can be put to "ready" or "retired".'),
});
export type ModelUpdateInput = z.infer<typeof modelUpdateInput>;
