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

interface LiveKeyRow {
  id: string;
  workspaceId: string;
  name: string;
  role: Role;
  /** Null: made on the machine itself. */
  makerRole: Role | null;
  lastUsedAt: Date | null;
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

  /**
   * Counts a try of a password, unless too many count already; one statement, so that no two processes count from the same
   * figure. Time is the database's, which is the same for all of them. There is no workspace yet before a sign-in.
   *
   * @param account hash of what tells accounts apart
   * @param most    tries that may count at once, >= 1
   * @param eachMs  how long each of them counts
   * @returns       null when it was counted, else the milliseconds until the next would be
   */
  countTry: async (account: string, { most, eachMs }: { most: number; eachMs: number }): Promise<number | null> => {
    const [row] = await database().$queryRaw<{ counted: boolean; waitMs: number | null }[]>`
      WITH span AS (
        SELECT ${eachMs}::float8 * interval '1 ms' AS one, ${most * eachMs}::float8 * interval '1 ms' AS most
      ), counted AS (
        INSERT INTO sign_in_attempts AS known (account, free_at) SELECT ${account}, now() + one FROM span
        ON CONFLICT (account) DO UPDATE SET free_at = greatest(known.free_at, now()) + (SELECT one FROM span)
        WHERE greatest(known.free_at, now()) + (SELECT one FROM span) <= now() + (SELECT most FROM span)
        RETURNING account
      )
      SELECT EXISTS (SELECT FROM counted) AS counted, (
        SELECT 1000 * extract(epoch FROM free_at + one - most - now())::float8
        FROM sign_in_attempts, span WHERE account = ${account}
      ) AS "waitMs"`;
    // Refused because of tries counted beside this one, it may see the row as it was before them, or none.
    return row?.counted ? null : Math.max(1, Math.ceil(row?.waitMs ?? eachMs));
  },

  forgetTries: (account: string) => database().signInAttempt.deleteMany({ where: { account } }),

  /** Rows of tries that no longer count. */
  pruneTries: (): Promise<number> => database().$executeRaw`DELETE FROM sign_in_attempts WHERE free_at < now()`,

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

  /** The person of whom a key was made, or null: the machine itself. */
  makerOfKey: async (tx: Tx, workspaceId: string, id: string): Promise<string | null> => {
    const key = await database(tx).apiKey.findFirst({ where: { id, workspaceId }, select: { createdById: true } });
    return key?.createdById ?? null;
  },

  /** Keeps a membership as it is until the transaction ends: a removal waits, and then sees what was written meanwhile. */
  holdMember: async (tx: Tx, workspaceId: string, userId: string): Promise<{ name: string; role: Role } | null> => {
    const [row] = await database(tx).$queryRaw<{ name: string; role: Role }[]>`
      SELECT coalesce(u.name, u.email) AS name, m.role FROM memberships m JOIN users u ON u.id = m.user_id
      WHERE m.workspace_id = ${workspaceId}::uuid AND m.user_id = ${userId}::uuid FOR SHARE OF m`;
    return row ?? null;
  },

  /**
   * The key behind a hash, if it opens anything. The membership of its maker is asked in the same breath: nothing that is
   * kept elsewhere could outlive it.
   */
  findLiveKey: async (hash: string): Promise<LiveKeyRow | null> => {
    const [row] = await database().$queryRaw<LiveKeyRow[]>`
      SELECT k.id, k.workspace_id AS "workspaceId", k.name, k.role, m.role AS "makerRole", k.last_used_at AS "lastUsedAt"
      FROM api_keys k LEFT JOIN memberships m ON m.workspace_id = k.workspace_id AND m.user_id = k.created_by_id
      WHERE k.hash = ${hash} AND k.revoked_at IS NULL AND (k.created_by_id IS NULL OR m.id IS NOT NULL)`;
    return row ?? null;
  },

  touchKey: (id: string, at: Date) => database().apiKey.updateMany({ where: { id }, data: { lastUsedAt: at } }),

  revokeKey: (tx: Tx, workspaceId: string, id: string, at: Date) =>
    database(tx).apiKey.updateMany({ where: { id, workspaceId, revokedAt: null }, data: { revokedAt: at } }),

  /** Ends the keys of somebody whose membership ends or ended. */
  revokeKeysOf: (tx: Tx, workspaceId: string, userId: string, at: Date): Promise<{ id: string; name: string }[]> =>
    database(tx).apiKey.updateManyAndReturn({
      where: { workspaceId, createdById: userId, revokedAt: null },
      data: { revokedAt: at, makerLeft: true },
      select: { id: true, name: true },
    }),

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
