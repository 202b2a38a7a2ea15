import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { pageInput } from '@/lib/keyset';
import { moneySchema } from '@/lib/money-schema';

export const conversationStatuses = ['ok', 'error', 'interrupted'] as const;

export const conversationSummary = z.object({
  id: idSchema,
  agentId: idSchema,
  release: z.number().int(),
  source: z.enum(['api', 'playground']),
  status: z.enum(conversationStatuses),
  error: z.string().nullable(),
  firstUserText: z.string(),
  lastAnswer: z.string(),
  tokensIn: z.number().int(),
  tokensOut: z.number().int(),
  /** Null when no price is known: unknown is never shown as 0. */
  cost: moneySchema.nullable(),
  latencyMs: z.number().int().nullable(),
  rating: z.number().int().nullable(),
  createdAt: z.date(),
});
export type ConversationSummary = z.infer<typeof conversationSummary>;

export const conversationDetail = conversationSummary.extend({
  messages: z.array(z.object({ seq: z.number().int(), role: z.string(), content: z.string() })),
});
export type ConversationDetail = z.infer<typeof conversationDetail>;

export const conversationFilter = z.object({
  agentId: idSchema,
  rating: z.enum(['up', 'down', 'rated', 'any']).default('any'),
  status: z.enum(conversationStatuses).optional(),
  search: z.string().max(200).optional(),
});
export type ConversationFilter = z.infer<typeof conversationFilter>;

export const conversationListInput = pageInput.extend(conversationFilter.shape);
export type ConversationListInput = z.infer<typeof conversationListInput>;

export const rateInput = z.object({
  conversationId: idSchema,
  rating: z.union([z.literal(1), z.literal(-1), z.null()]),
  comment: z.string().trim().max(1000).optional(),
});
export type RateInput = z.infer<typeof rateInput>;

/** Makes the next version of a dataset (or a new dataset) from an agent's conversations. */
export const importConversationsInput = conversationFilter.extend({
  datasetId: idSchema.optional(),
  name: z.string().trim().min(1).max(120).optional(),
  conversationIds: z.array(idSchema).max(10_000).optional(),
});
export type ImportConversationsInput = z.infer<typeof importConversationsInput>;

export const imported = z.object({ datasetId: idSchema, versionId: idSchema, conversations: z.number().int() });
export type Imported = z.infer<typeof imported>;

export const agentAnalytics = z.object({
  days: z.number().int(),
  calls: z.number().int(),
  errors: z.number().int(),
  tokensIn: z.number().int(),
  tokensOut: z.number().int(),
  cost: moneySchema.nullable(),
  latencyP50Ms: z.number().nullable(),
  latencyP95Ms: z.number().nullable(),
  ratingsUp: z.number().int(),
  ratingsDown: z.number().int(),
  byRelease: z.array(
    z.object({
      release: z.number().int(),
      modelLabel: z.string(),
      calls: z.number().int(),
      ratingsUp: z.number().int(),
      ratingsDown: z.number().int(),
      latencyP50Ms: z.number().nullable(),
    }),
  ),
});
export type AgentAnalytics = z.infer<typeof agentAnalytics>;
