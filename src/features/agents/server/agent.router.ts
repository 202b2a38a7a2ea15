import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { pageOf } from '@/lib/keyset';
import { router, workspaceProcedure } from '@/platform/trpc/procedures';
import {
  agentCreateInput,
  agentDetail,
  agentListInput,
  agentSummary,
  agentUpdateInput,
  deployed,
  deployInput,
  releaseActivateInput,
  releaseCreateInput,
  releaseSummary,
} from '../agent.schema';
import {
  agentAnalytics,
  conversationDetail,
  conversationListInput,
  conversationSummary,
  importConversationsInput,
  imported,
  rateInput,
} from '../conversation.schema';
import type { AgentService } from './agent.service';

const byId = z.object({ id: idSchema });

export const createAgentRouter = (agents: AgentService) =>
  router({
    list: workspaceProcedure
      .input(agentListInput)
      .output(pageOf(agentSummary))
      .query(({ ctx, input }) => agents.list(ctx.actor, input)),
    get: workspaceProcedure
      .input(byId)
      .output(agentDetail)
      .query(({ ctx, input }) => agents.get(ctx.actor, input.id)),
    create: workspaceProcedure
      .input(agentCreateInput)
      .output(agentDetail)
      .mutation(({ ctx, input }) => agents.create(ctx.actor, input)),
    update: workspaceProcedure
      .input(agentUpdateInput)
      .output(agentDetail)
      .mutation(({ ctx, input }) => agents.update(ctx.actor, input)),
    delete: workspaceProcedure.input(byId).mutation(({ ctx, input }) => agents.delete(ctx.actor, input.id)),
    createRelease: workspaceProcedure
      .input(releaseCreateInput)
      .output(releaseSummary)
      .mutation(({ ctx, input }) => agents.createRelease(ctx.actor, input)),
    activateRelease: workspaceProcedure
      .input(releaseActivateInput)
      .output(releaseSummary)
      .mutation(({ ctx, input }) => agents.activateRelease(ctx.actor, input)),
    deployModel: workspaceProcedure
      .input(deployInput)
      .output(deployed)
      .mutation(({ ctx, input }) => agents.deployModel(ctx.actor, input)),
    conversations: workspaceProcedure
      .input(conversationListInput)
      .output(pageOf(conversationSummary))
      .query(({ ctx, input }) => agents.listConversations(ctx.actor, input)),
    conversation: workspaceProcedure
      .input(byId)
      .output(conversationDetail)
      .query(({ ctx, input }) => agents.getConversation(ctx.actor, input.id)),
    rate: workspaceProcedure.input(rateInput).mutation(({ ctx, input }) => agents.rate(ctx.actor, input)),
    importConversations: workspaceProcedure
      .input(importConversationsInput)
      .output(imported)
      .mutation(({ ctx, input }) => agents.importConversations(ctx.actor, input)),
    analytics: workspaceProcedure
      .input(z.object({ agentId: idSchema, days: z.number().int().min(1).max(365).default(30) }))
      .output(agentAnalytics)
      .query(({ ctx, input }) => agents.analytics(ctx.actor, input.agentId, input.days)),
  });
