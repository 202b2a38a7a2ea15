import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { pageInput, pageOf } from '@/lib/keyset';
import { permissions } from '@/lib/permissions';
import { router, userProcedure, workspaceProcedure } from '@/platform/trpc/procedures';
import {
  apiKeyCreated,
  apiKeyCreateInput,
  apiKeySummary,
  auditListInput,
  auditSummary,
  memberAdded,
  memberAddInput,
  memberKeys,
  memberSummary,
  memberUpdateInput,
  passwordChangeInput,
  roleSchema,
  workspaceCreateInput,
  workspaceRenameInput,
  workspaceSummary,
} from '../workspace.schema';
import type { WorkspaceService } from './workspace.service';

const byId = z.object({ id: idSchema });

const me = z.object({
  user: z.object({ id: idSchema, email: z.string(), name: z.string().nullable() }),
  workspaceId: idSchema.nullable(),
  role: roleSchema.nullable(),
  permissions: z.array(z.enum(permissions)),
  workspaces: z.array(workspaceSummary),
});

export const createWorkspaceRouter = (workspaces: WorkspaceService) =>
  router({
    /** The signed-in person, where they are, and what they may do there. */
    me: userProcedure.output(me).query(async ({ ctx }) => ({
      user: ctx.user,
      workspaceId: ctx.actor?.workspaceId ?? null,
      role: ctx.actor?.role ?? null,
      permissions: permissions.filter((permission) => ctx.actor?.can(permission)),
      workspaces: await workspaces.workspacesOf(ctx.user.id),
    })),
    create: userProcedure
      .input(workspaceCreateInput)
      .output(workspaceSummary)
      .mutation(({ ctx, input }) => workspaces.create(ctx.user.id, input)),
    rename: workspaceProcedure
      .input(workspaceRenameInput)
      .output(workspaceSummary)
      .mutation(({ ctx, input }) => workspaces.rename(ctx.actor, input)),
    changePassword: userProcedure
      .input(passwordChangeInput)
      .mutation(({ ctx, input }) => workspaces.changePassword(ctx.user.id, input)),
    members: workspaceProcedure.output(z.array(memberSummary)).query(({ ctx }) => workspaces.listMembers(ctx.actor)),
    keysOfMember: workspaceProcedure
      .input(byId)
      .output(memberKeys)
      .query(({ ctx, input }) => workspaces.keysOfMember(ctx.actor, input.id)),
    addMember: workspaceProcedure
      .input(memberAddInput)
      .output(memberAdded)
      .mutation(({ ctx, input }) => workspaces.addMember(ctx.actor, input)),
    updateMember: workspaceProcedure
      .input(memberUpdateInput)
      .output(memberSummary)
      .mutation(({ ctx, input }) => workspaces.updateMember(ctx.actor, input)),
    removeMember: workspaceProcedure
      .input(byId)
      .mutation(({ ctx, input }) => workspaces.removeMember(ctx.actor, input.id)),
    apiKeys: workspaceProcedure
      .input(pageInput)
      .output(pageOf(apiKeySummary))
      .query(({ ctx, input }) => workspaces.listApiKeys(ctx.actor, input)),
    createApiKey: workspaceProcedure
      .input(apiKeyCreateInput)
      .output(apiKeyCreated)
      .mutation(({ ctx, input }) => workspaces.createApiKey(ctx.actor, input)),
    revokeApiKey: workspaceProcedure
      .input(byId)
      .mutation(({ ctx, input }) => workspaces.revokeApiKey(ctx.actor, input.id)),
    audit: workspaceProcedure
      .input(auditListInput)
      .output(pageOf(auditSummary))
      .query(({ ctx, input }) => workspaces.listAudit(ctx.actor, input)),
  });
