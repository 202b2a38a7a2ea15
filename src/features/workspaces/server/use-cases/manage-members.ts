import type { Actor } from '@/lib/actor';
import { keepsAnOwner, mayGrant } from '../../role.rules';
import { alreadyMember, grantTooHigh, lastOwner, memberNotFound } from '../../workspace.errors';
import type { MemberAdded, MemberAddInput, MemberSummary, MemberUpdateInput } from '../../workspace.schema';
import { hashPassword, makePassword } from '../password';
import type { WorkspaceDeps } from '../workspace.service';

type Deps = Pick<WorkspaceDeps, 'repo' | 'queries' | 'inTransaction'>;

export const listMembers =
  ({ queries }: Deps) =>
  (actor: Actor): Promise<MemberSummary[]> => {
    actor.require('workspace:read');
    return queries.members(actor.workspaceId);
  };

/**
 * Adds a person. Somebody without an account gets one with a first password, returned once, because a self-hosted
 * installation may have no mail server to send an invitation with.
 *
 * @throws conflict `workspaces.already_member`; forbidden `workspaces.grant_too_high`
 */
export const addMember =
  ({ repo, queries, inTransaction }: Deps) =>
  async (actor: Actor, input: MemberAddInput): Promise<MemberAdded> => {
    actor.require('members:manage');
    if (!mayGrant(actor.role, input.role)) throw grantTooHigh(input.role);
    const existing = await repo.findUserByEmail(input.email);
    if (existing && (await queries.membershipOf(existing.id, actor.workspaceId))) throw alreadyMember(input.email);
    const firstPassword = existing ? null : makePassword();
    const passwordHash = firstPassword && (await hashPassword(firstPassword));
    return inTransaction(async (tx) => {
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

/** @throws conflict `workspaces.last_owner`; forbidden `workspaces.grant_too_high` */
export const removeMember =
  ({ repo, inTransaction }: Deps) =>
  async (actor: Actor, id: string): Promise<void> => {
    actor.require('members:manage');
    await inTransaction(async (tx) => {
      const owners = await repo.lockOwners(tx, actor.workspaceId);
      const member = await repo.findMember(actor.workspaceId, id, tx);
      if (!member) throw memberNotFound();
      if (!mayGrant(actor.role, member.role)) throw grantTooHigh(member.role);
      if (!keepsAnOwner(member.role, null, owners)) throw lastOwner();
      await repo.removeMember(tx, actor.workspaceId, id);
      await repo.addAudit(tx, actor, {
        action: 'member.removed',
        subject: 'member',
        subjectId: member.id,
        details: { email: member.email, role: member.role },
      });
    });
  };
