import type { Actor } from '@/lib/actor';
import type { Tx } from '@/lib/transaction';
import { keepsAnOwner, mayGrant } from '../../role.rules';
import { alreadyMember, grantTooHigh, lastOwner, memberNotFound } from '../../workspace.errors';
import type { MemberAdded, MemberAddInput, MemberKeys, MemberSummary, MemberUpdateInput } from '../../workspace.schema';
import { hashPassword, makePassword } from '../password';
import type { WorkspaceDeps } from '../workspace.service';

type Deps = Pick<WorkspaceDeps, 'repo' | 'queries' | 'inTransaction' | 'clock'>;

/** How many keys are named before a removal; the rest is counted. */
const NAMED = 5;

export const listMembers =
  ({ queries }: Deps) =>
  (actor: Actor): Promise<MemberSummary[]> => {
    actor.require('workspace:read');
    return queries.members(actor.workspaceId);
  };

/** What a removal would stop, to be said before it. @throws not_found `workspaces.member_not_found` */
export const keysOfMember =
  ({ repo, queries }: Deps) =>
  async (actor: Actor, id: string): Promise<MemberKeys> => {
    actor.require('members:manage');
    const member = await repo.findMember(actor.workspaceId, id);
    if (!member) throw memberNotFound();
    return queries.keysOfMember(actor.workspaceId, member.userId, NAMED);
  };

/**
 * Adds a person. Somebody without an account gets one with a first password, returned once, because a self-hosted
 * installation may have no mail server to send an invitation with.
 *
 * @throws conflict `workspaces.already_member`; forbidden `workspaces.grant_too_high`
 */
export const addMember =
  ({ repo, queries, inTransaction, clock }: Deps) =>
  async (actor: Actor, input: MemberAddInput): Promise<MemberAdded> => {
    actor.require('members:manage');
    if (!mayGrant(actor.role, input.role)) throw grantTooHigh(input.role);
    const existing = await repo.findUserByEmail(input.email);
    if (existing && (await queries.membershipOf(existing.id, actor.workspaceId))) throw alreadyMember(input.email);
    const firstPassword = existing ? null : makePassword();
    const passwordHash = firstPassword && (await hashPassword(firstPassword));
    return inTransaction(async (tx) => {
      // Keys of an earlier time stay stopped, also if that time did not end with removeMember: a return is a new beginning.
      if (existing) await stopKeysOf(repo, tx, actor, { userId: existing.id, at: clock.now() });
      const user =
        existing ?? (await repo.createUser(tx, { email: input.email, name: input.name ?? null, passwordHash }));
      const member = await repo.addMember(tx, { workspaceId: actor.workspaceId, userId: user.id, role: input.role });
      await repo.addAudit(tx, actor, {
        action: 'member.added',
        subject: 'member',
        subjectId: member.id,
        details: { email: member.email, role: member.role },
      });
      return { ...member, firstPassword };
    });
  };

/** @throws conflict `workspaces.last_owner`; forbidden `workspaces.grant_too_high` */
export const updateMember =
  ({ repo, inTransaction }: Deps) =>
  async (actor: Actor, input: MemberUpdateInput): Promise<MemberSummary> => {
    actor.require('members:manage');
    return inTransaction(async (tx) => {
      const owners = await repo.lockOwners(tx, actor.workspaceId);
      const member = await repo.findMember(actor.workspaceId, input.id, tx);
      if (!member) throw memberNotFound();
      if (!mayGrant(actor.role, input.role) || !mayGrant(actor.role, member.role)) throw grantTooHigh(input.role);
      if (!keepsAnOwner(member.role, input.role, owners)) throw lastOwner();
      const updated = await repo.setRole(tx, actor.workspaceId, input.id, input.role);
      await repo.addAudit(tx, actor, {
        action: 'member.role_changed',
        subject: 'member',
        subjectId: member.id,
        details: { email: member.email, from: member.role, to: input.role },
      });
      return updated;
    });
  };

/**
 * Ends a membership and revokes the keys that acted for it, in one transaction. They would open nothing without it; what
 * is written down keeps them closed when the person comes back.
 *
 * @throws conflict `workspaces.last_owner`; forbidden `workspaces.grant_too_high`
 */
export const removeMember =
  ({ repo, inTransaction, clock }: Deps) =>
  async (actor: Actor, id: string): Promise<void> => {
    actor.require('members:manage');
    await inTransaction(async (tx) => {
      const owners = await repo.lockOwners(tx, actor.workspaceId);
      const member = await repo.findMember(actor.workspaceId, id, tx);
      if (!member) throw memberNotFound();
      if (!mayGrant(actor.role, member.role)) throw grantTooHigh(member.role);
      if (!keepsAnOwner(member.role, null, owners)) throw lastOwner();
      // First the membership: who makes a key holds it, so that no key can be added behind the revocation.
      await repo.removeMember(tx, actor.workspaceId, id);
      const apiKeys = await stopKeysOf(repo, tx, actor, { userId: member.userId, at: clock.now() });
      await repo.addAudit(tx, actor, {
        action: 'member.removed',
        subject: 'member',
        subjectId: member.id,
        details: { email: member.email, role: member.role, apiKeys },
      });
    });
  };

/** One line of the audit log for each key, as if it were revoked by hand, with the reason. @returns how many */
async function stopKeysOf(
  repo: Deps['repo'],
  tx: Tx,
  actor: Actor,
  { userId, at }: { userId: string; at: Date },
): Promise<number> {
  const stopped = await repo.revokeKeysOf(tx, actor.workspaceId, userId, at);
  for (const { id, name } of stopped) {
    const details = { name, because: 'member.removed' };
    await repo.addAudit(tx, actor, { action: 'api_key.revoked', subject: 'api_key', subjectId: id, details });
  }
  return stopped.length;
}
