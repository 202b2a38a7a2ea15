import { afterAll, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '@/lib/actor';
import type { Role } from '@/lib/permissions';
import { closeDatabase, database } from '@/platform/db/database';
import { services } from '@/server/services';
import { makeTenant } from '@/testing/doors/tenant';
import type { ApiKeyCreated } from '../workspace.schema';

// A key acts for the person who made it: it ends with their membership and never may more than they may.

afterAll(closeDatabase);

const { workspaces } = services();

/** A workspace whose second person, Ada, has the role and a key of it. */
async function lab(role: Role = 'admin') {
  const { owner, member, workspaceId } = await makeTenant();
  const { items } = { items: await workspaces.listMembers(owner.actor) };
  const memberId = items.find(({ userId }) => userId === member.user.id)?.id ?? '';
  await database().user.update({ where: { id: member.user.id }, data: { name: 'Ada' } });
  const setRole = (next: Role) => workspaces.updateMember(owner.actor, { id: memberId, role: next });
  if (role !== 'member') await setRole(role);
  const ada = await actorOf(member.user.id, workspaceId);
  const key = await workspaces.createApiKey(ada, { name: 'ci', role });
  return {
    owner: owner.actor,
    ada,
    email: member.user.email,
    userId: member.user.id,
    workspaceId,
    memberId,
    setRole,
    key,
  };
}

async function actorOf(userId: string, workspaceId: string): Promise<Actor> {
  const actor = await workspaces.actorForUser(userId, workspaceId);
  if (!actor) throw new Error('no actor');
  return actor;
}

const opens = async ({ key }: ApiKeyCreated): Promise<Role | null> =>
  (await workspaces.authenticateApiKey(key))?.role ?? null;

const listed = async (actor: Actor, id: string) =>
  (await workspaces.listApiKeys(actor, { limit: 50 })).items.find((key) => key.id === id);

describe('the key of somebody who is removed', () => {
  it('stops at once, says why, and stays stopped when they come back', async () => {
    const { owner, memberId, email, userId, workspaceId, key } = await lab();
    expect(await opens(key)).toBe('admin');
    expect(await listed(owner, key.id)).toMatchObject({ status: 'active', maker: 'Ada', makerRole: 'admin' });
    await workspaces.removeMember(owner, memberId);
    expect(await opens(key)).toBeNull();
    expect(await listed(owner, key.id)).toMatchObject({ status: 'stopped', maker: 'Ada', makerRole: null });
    await workspaces.addMember(owner, { email, role: 'admin' });
    expect(await opens(key)).toBeNull();
    expect(await listed(owner, key.id)).toMatchObject({ status: 'stopped', maker: 'Ada', makerRole: 'admin' });
    const next = await workspaces.createApiKey(await actorOf(userId, workspaceId), { name: 'new', role: 'member' });
    expect(await opens(next)).toBe('member');
  });

  it('is told before, and written down after', async () => {
    const { owner, ada, memberId, key } = await lab();
    const gone = await workspaces.createApiKey(ada, { name: 'gone', role: 'viewer' });
    await workspaces.revokeApiKey(owner, gone.id);
    await workspaces.createApiKey(ada, { name: 'nightly', role: 'viewer' });
    expect(await workspaces.keysOfMember(owner, memberId)).toEqual({ count: 2, names: ['nightly', 'ci'] });
    await workspaces.removeMember(owner, memberId);
    const { items } = await workspaces.listAudit(owner, { limit: 3 });
    expect(items.map(({ action, details }) => ({ action, name: details.name ?? null }))).toEqual(
      expect.arrayContaining([
        { action: 'member.removed', name: null },
        { action: 'api_key.revoked', name: 'ci' },
        { action: 'api_key.revoked', name: 'nightly' },
      ]),
    );
    expect(items.find(({ subjectId }) => subjectId === key.id)?.details).toMatchObject({ because: 'member.removed' });
    expect(await listed(owner, gone.id)).toMatchObject({ status: 'revoked' });
  });

  it('stops also when the membership ends without us, and stays stopped after a return', async () => {
    const { owner, memberId, email, key } = await lab();
    await database().membership.delete({ where: { id: memberId } });
    expect(await opens(key)).toBeNull();
    expect(await listed(owner, key.id)).toMatchObject({ status: 'stopped', maker: 'Ada' });
    await workspaces.addMember(owner, { email, role: 'admin' });
    expect(await opens(key)).toBeNull();
  });

  it('takes along the keys that were made with it', async () => {
    const { owner, memberId, key } = await lab();
    const byKey = await workspaces.authenticateApiKey(key.key);
    if (!byKey) throw new Error('the key opens nothing');
    const child = await workspaces.createApiKey(byKey, { name: 'child', role: 'member' });
    expect(child.maker).toBe('Ada');
    await workspaces.removeMember(owner, memberId);
    expect(await opens(child)).toBeNull();
  });

  it('is not made by somebody who was removed meanwhile', async () => {
    const { owner, ada, memberId } = await lab();
    await workspaces.removeMember(owner, memberId);
    await expect(workspaces.createApiKey(ada, { name: 'late', role: 'viewer' })).rejects.toMatchObject({
      kind: 'forbidden',
      reason: 'workspaces.membership_ended',
    });
  });

  it('is not left behind when it is made at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const { owner, ada, email, memberId } = await lab();
      const [, made] = await Promise.allSettled([
        workspaces.removeMember(owner, memberId),
        workspaces.createApiKey(ada, { name: 'quick', role: 'viewer' }),
      ]);
      await database().$executeRaw`
        INSERT INTO memberships (workspace_id, user_id, role) SELECT ${owner.workspaceId}::uuid, id, 'admin'
        FROM users WHERE email = ${email}`;
      expect(made.status === 'fulfilled' ? await opens(made.value) : null).toBeNull();
    }
  });

  it('leaves the keys of others alone, here and in other workspaces', async () => {
    const { owner, memberId, userId } = await lab();
    const theirs = await workspaces.createApiKey(owner, { name: 'theirs', role: 'member' });
    const machine = await workspaces.createApiKey(systemActor(owner.workspaceId), { name: 'cli', role: 'member' });
    const home = await workspaces.create(userId, { name: 'Home' });
    const elsewhere = await workspaces.createApiKey(await actorOf(userId, home.id), { name: 'home', role: 'owner' });
    await workspaces.removeMember(owner, memberId);
    expect(await Promise.all([theirs, machine, elsewhere].map(opens))).toEqual(['member', 'member', 'owner']);
    expect(await listed(owner, machine.id)).toMatchObject({ status: 'active', maker: null });
  });
});

describe('the key of somebody whose role is lowered', () => {
  it('may no more than they may, from the next request on, and more again when they may', async () => {
    const { owner, setRole, key } = await lab();
    await setRole('viewer');
    const actor = await workspaces.authenticateApiKey(key.key);
    expect(actor).toMatchObject({ role: 'viewer' });
    expect(actor?.can('jobs:launch')).toBe(false);
    expect(await listed(owner, key.id)).toMatchObject({ status: 'active', role: 'admin', mayAs: 'viewer' });
    await setRole('owner');
    expect(await opens(key)).toBe('admin');
    expect(await listed(owner, key.id)).toMatchObject({ role: 'admin', mayAs: 'admin' });
  });

  it('cannot be made with the role they had', async () => {
    const { ada, setRole } = await lab();
    await setRole('viewer');
    await expect(workspaces.createApiKey(ada, { name: 'late', role: 'admin' })).rejects.toMatchObject({
      reason: 'workspaces.grant_too_high',
    });
  });
});
