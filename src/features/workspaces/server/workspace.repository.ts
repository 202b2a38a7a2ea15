import type { Actor } from '@/lib/actor';
import type { Role } from '@/lib/permissions';
import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';
import type { MemberSummary } from '../workspace.schema';

interface MembershipRow {
  id: string;
  userId: string;
  role: string;
  createdAt: Date;
  user: { email: string; name: string | null };
}

const memberSelect = {
  id: true,
  userId: true,
  role: true,
  createdAt: true,
  user: { select: { email: true, name: true } },
} as const;

export function toMember(row: MembershipRow): MemberSummary {
  const { user, ...rest } = row;
  return { ...rest, role: rest.role as Role, email: user.email, name: user.name };
}

export const workspaceRepository = {
  findUserByEmail: (email: string, tx?: Tx) => database(tx).user.findUnique({ where: { email: email.toLowerCase() } }),

  findUser: (id: string) => database().user.findUnique({ where: { id } }),

  createUser: (tx: Tx, user: { email: string; name: string | null; passwordHash: string | null }) =>
    database(tx).user.create({ data: { ...user, email: user.email.toLowerCase() } }),

  setPassword: (userId: string, passwordHash: string) =>
    database().user.update({ where: { id: userId }, data: { passwordHash }, select: { id: true } }),

  createWorkspace: (tx: Tx, workspace: { name: string; slug: string }) =>
    database(tx).workspace.create({ data: workspace }),

  rename: (workspaceId: string, name: string, tx: Tx) =>
    database(tx).workspace.update({
      where: { id: workspaceId },
      data: { name },
      select: { id: true, name: true, slug: true },
    }),

  addMember: async (tx: Tx, member: { workspaceId: string; userId: string; role: Role }): Promise<MemberSummary> =>
    toMember(await database(tx).membership.create({ data: member, select: memberSelect })),

  /** Locks the workspace's owners, so that two owners cannot step down at the same moment. */
  lockOwners: async (tx: Tx, workspaceId: string): Promise<number> => {
    const rows = await database(tx).$queryRaw<unknown[]>`
      SELECT id FROM memberships WHERE workspace_id = ${workspaceId}::uuid AND role = 'owner' ORDER BY id FOR UPDATE`;
    return rows.length;
  },

  findMember: async (workspaceId: string, id: string, tx?: Tx): Promise<MemberSummary | null> => {
    const row = await database(tx).membership.findFirst({ where: { id, workspaceId }, select: memberSelect });
    return row && toMember(row);
  },

  setRole: async (tx: Tx, workspaceId: string, id: string, role: Role): Promise<MemberSummary> =>
    toMember(
      await database(tx).membership.update({ where: { id, workspaceId }, data: { role }, select: memberSelect }),
    ),

  removeMember: (tx: Tx, workspaceId: string, id: string) =>
    database(tx).membership.deleteMany({ where: { id, workspaceId } }),

  createApiKey: (
    tx: Tx,
    key: { workspaceId: string; name: string; prefix: string; hash: string; role: Role; createdById: string | null },
  ) => database(tx).apiKey.create({ data: key }),

  findActiveKey: (hash: string) => database().apiKey.findFirst({ where: { hash, revokedAt: null } }),

  touchKey: (id: string, at: Date) => database().apiKey.updateMany({ where: { id }, data: { lastUsedAt: at } }),

  revokeKey: (tx: Tx, workspaceId: string, id: string, at: Date) =>
    database(tx).apiKey.updateMany({ where: { id, workspaceId, revokedAt: null }, data: { revokedAt: at } }),

  addAudit: async (
    tx: Tx,
    actor: Actor,
    entry: { action: string; subject: string; subjectId?: string | null; details?: Record<string, unknown> },
  ): Promise<void> => {
    await database(tx).auditEntry.create({
      data: {
        workspaceId: actor.workspaceId,
        actorKind: actor.kind,
        actorId: actor.id,
        actorLabel: actor.label,
        action: entry.action,
        subject: entry.subject,
        subjectId: entry.subjectId ?? null,
        details: (entry.details ?? {}) as object,
      },
    });
  },
};

export type WorkspaceRepository = typeof workspaceRepository;
