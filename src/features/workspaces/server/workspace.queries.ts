import { decodeCursor, type Page, type PageInput, toPage } from '@/lib/keyset';
import type { Role } from '@/lib/permissions';
import { database } from '@/platform/db/database';
import type { ApiKeySummary, AuditListInput, AuditSummary, MemberSummary, WorkspaceSummary } from '../workspace.schema';
import { toMember } from './workspace.repository';

export const workspaceQueries = {
  /** Index: memberships(user_id). */
  workspacesOf: async (userId: string): Promise<WorkspaceSummary[]> => {
    const rows = await database().membership.findMany({
      where: { userId },
      orderBy: { createdAt: 'asc' },
      select: { role: true, workspace: { select: { id: true, name: true, slug: true } } },
    });
    return rows.map(({ role, workspace }) => ({ ...workspace, role: role as Role }));
  },

  membershipOf: (userId: string, workspaceId: string | null) =>
    database().membership.findFirst({
      where: { userId, ...(workspaceId && { workspaceId }) },
      orderBy: { createdAt: 'asc' },
      select: { workspaceId: true, role: true, user: { select: { email: true, name: true } } },
    }),

  members: async (workspaceId: string): Promise<MemberSummary[]> => {
    const rows = await database().membership.findMany({
      where: { workspaceId },
      orderBy: { createdAt: 'asc' },
      take: 500,
      select: { id: true, userId: true, role: true, createdAt: true, user: { select: { email: true, name: true } } },
    });
    return rows.map(toMember);
  },

  /** Index: api_keys(workspace_id, created_at desc). */
  apiKeys: async (workspaceId: string, { cursor, limit }: PageInput): Promise<Page<ApiKeySummary>> => {
    const [after] = decodeCursor(cursor) ?? [];
    const rows = await database().apiKey.findMany({
      where: { workspaceId, ...(after && { id: { lt: after } }) },
      orderBy: { id: 'desc' },
      take: limit + 1,
      select: { id: true, name: true, prefix: true, role: true, createdAt: true, lastUsedAt: true, revokedAt: true },
    });
    return toPage(
      rows.map((row) => ({ ...row, role: row.role as Role })),
      limit,
      (row) => [row.id],
    );
  },

  /** Index: audit_log(workspace_id, id desc). */
  audit: async (workspaceId: string, { cursor, limit, search }: AuditListInput): Promise<Page<AuditSummary>> => {
    const [before] = decodeCursor(cursor) ?? [];
    const like = search && { contains: search, mode: 'insensitive' as const };
    const rows = await database().auditEntry.findMany({
      where: {
        workspaceId,
        ...(before && { id: { lt: before } }),
        ...(like && { OR: [{ action: like }, { actorLabel: like }, { subject: like }] }),
      },
      orderBy: { id: 'desc' },
      take: limit + 1,
    });
    return toPage(
      rows.map(({ workspaceId: _workspace, actorId: _actor, ...row }) => ({
        ...row,
        details: row.details as Record<string, unknown>,
      })),
      limit,
      (row) => [row.id],
    );
  },
};

export type WorkspaceQueries = typeof workspaceQueries;
