import { decodeCursor, type Page, type PageInput, toPage } from '@/lib/keyset';
import type { Role } from '@/lib/permissions';
import { database } from '@/platform/db/database';
import type { KeyFacts } from '../api-key.rules';
import type {
  ApiKeySummary,
  AuditListInput,
  AuditSummary,
  MemberKeys,
  MemberSummary,
  WorkspaceSummary,
} from '../workspace.schema';
import { toMember } from './workspace.repository';

/** A key as it is listed, with the person it acts for as they are now. */
export interface ApiKeyRow
  extends Pick<ApiKeySummary, 'id' | 'name' | 'prefix' | 'createdAt' | 'lastUsedAt'>,
    KeyFacts {
  maker: Maker | null;
}

interface Maker {
  /** Null: the account itself is gone. */
  name: string | null;
  role: Role | null;
}

async function makersOf(workspaceId: string, ids: string[]): Promise<Map<string, Maker>> {
  const users = await database().user.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, email: true, memberships: { where: { workspaceId }, select: { role: true } } },
  });
  return new Map(
    users.map(({ id, name, email, memberships: [here] }) => [
      id,
      { name: name ?? email, role: (here?.role ?? null) as Role | null },
    ]),
  );
}

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
  apiKeys: async (workspaceId: string, { cursor, limit }: PageInput): Promise<Page<ApiKeyRow>> => {
    const [after] = decodeCursor(cursor) ?? [];
    const rows = await database().apiKey.findMany({
      where: { workspaceId, ...(after && { id: { lt: after } }) },
      orderBy: { id: 'desc' },
      take: limit + 1,
      omit: { workspaceId: true, hash: true, scopes: true },
    });
    const makers = await makersOf(workspaceId, [...new Set(rows.flatMap(({ createdById }) => createdById ?? []))]);
    return toPage(
      rows.map(({ createdById, ...row }) => ({
        ...row,
        role: row.role as Role,
        maker: createdById === null ? null : (makers.get(createdById) ?? { name: null, role: null }),
      })),
      limit,
      (row) => [row.id],
    );
  },

  /** The live keys that somebody made, and the newest `names` of them. */
  keysOfMember: async (workspaceId: string, userId: string, names: number): Promise<MemberKeys> => {
    const where = { workspaceId, createdById: userId, revokedAt: null };
    const [count, newest] = await Promise.all([
      database().apiKey.count({ where }),
      database().apiKey.findMany({ where, orderBy: { id: 'desc' }, take: names, select: { name: true } }),
    ]);
    return { count, names: newest.map(({ name }) => name) };
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
