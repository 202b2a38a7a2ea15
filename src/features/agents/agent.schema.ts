import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { pageInput } from '@/lib/keyset';

/** What callers write as `model`: lower-case words and digits, joined by single dashes. */
export const agentSlug = z
  .string()
  .trim()
  .min(2, 'Use at least 2 characters.')
  .max(60, 'Use at most 60 characters.')
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    'Use lower-case letters, digits and single dashes, for example "support-router".',
  );

/** How the model is asked. Left out = the provider's own default. */
export const agentParameters = z.object({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxTokens: z.number().int().min(1).max(100_000).optional(),
});
export type AgentParameters = z.infer<typeof agentParameters>;

const target = z.object({
  /** A fine-tuned model of this workspace, or null for a base model. */
  modelId: idSchema.nullable(),
  connectionId: idSchema,
  providerModelId: z.string(),
  label: z.string(),
});

export const releaseSummary = z.object({
  id: idSchema,
  number: z.number().int(),
  target,
  systemPrompt: z.string(),
  parameters: agentParameters,
  note: z.string().nullable(),
  active: z.boolean(),
  activatedAt: z.date().nullable(),
  createdByLabel: z.string().nullable(),
  createdAt: z.date(),
});
export type ReleaseSummary = z.infer<typeof releaseSummary>;

export const agentSummary = z.object({
  id: idSchema,
  slug: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  release: z.object({ number: z.number().int(), modelLabel: z.string(), modelId: idSchema.nullable() }).nullable(),
  conversations: z.number().int(),
  lastConversationAt: z.date().nullable(),
  createdAt: z.date(),
});
export type AgentSummary = z.infer<typeof agentSummary>;

export const agentDetail = z.object({
  id: idSchema,
  slug: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  keepConversations: z.boolean(),
  active: releaseSummary.nullable(),
  releases: z.array(releaseSummary),
  createdAt: z.date(),
});
export type AgentDetail = z.infer<typeof agentDetail>;

export const agentListInput = pageInput.extend({ search: z.string().max(100).optional() });
export type AgentListInput = z.infer<typeof agentListInput>;

/** Either a fine-tuned model, or a base model at a connection. */
const chooseModel = {
  modelId: idSchema.optional(),
  baseModel: z.object({ connectionId: idSchema, id: z.string().min(1).max(200) }).optional(),
};

export const agentCreateInput = z.object({
  slug: agentSlug,
  name: z.string().trim().min(1, 'Give the agent a name.').max(80),
  description: z.string().trim().max(500).optional(),
  systemPrompt: z.string().max(20_000).default(''),
  parameters: agentParameters.default({}),
  ...chooseModel,
});
export type AgentCreateInput = z.infer<typeof agentCreateInput>;

export const agentUpdateInput = z.object({
  id: idSchema,
  name: z.string().trim().min(1, 'Give the agent a name.').max(80).optional(),
  description: z.string().trim().max(500).optional(),
  keepConversations: z.boolean().optional(),
});
export type AgentUpdateInput = z.infer<typeof agentUpdateInput>;

/** What is left out is taken over from the active release. */
export const releaseCreateInput = z.object({
  agentId: idSchema,
  systemPrompt: z.string().max(20_000).optional(),
  parameters: agentParameters.optional(),
  note: z.string().trim().max(300).optional(),
  ...chooseModel,
});
export type ReleaseCreateInput = z.infer<typeof releaseCreateInput>;

export const releaseActivateInput = z.object({ agentId: idSchema, releaseId: idSchema });
export type ReleaseActivateInput = z.infer<typeof releaseActivateInput>;

/** `agent` is the id or slug of an agent; a slug nobody has yet makes a new agent. */
export const deployInput = z.object({
  modelId: idSchema,
  agent: z.union([idSchema, agentSlug]),
  note: z.string().trim().max(300).optional(),
});
export type DeployInput = z.infer<typeof deployInput>;

export const deployed = z.object({
  agentId: idSchema,
  slug: z.string(),
  release: z.number().int(),
  created: z.boolean(),
});
export type Deployed = z.infer<typeof deployed>;
