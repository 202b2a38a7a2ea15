import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '@/lib/actor';
import { systemClock } from '@/lib/clock';
import type { Role } from '@/lib/permissions';
import { database, inTransaction } from '@/platform/db/database';
import { hashPassword } from './password';
import { workspaceQueries } from './workspace.queries';
import { workspaceRepository } from './workspace.repository';
import { createWorkspaceService } from './workspace.service';

const workspaces = createWorkspaceService({
  repo: workspaceRepository,
  queries: workspaceQueries,
  inTransaction,
  clock: systemClock,
});

let serial = 0;

async function person(): Promise<{ id: string; email: string }> {
  serial++;
  const email = `person-${process.pid}-${serial}@example.org`;
  return inTransaction((tx) => workspaceRepository.createUser(tx, { email, name: null, passwordHash: null }));
}

async function workspaceOf(role: Role = 'owner'): Promise<{ actor: Actor; owner: Actor }> {
  const boss = await person();
  const { id } = await workspaces.create(boss.id, { name: 'Acme GmbH' });
  const owner = await workspaces.actorForUser(boss.id, id);
  if (!owner) throw new Error('the owner has no actor');
  if (role === 'owner') return { actor: owner, owner };
  const other = await person();
  await inTransaction((tx) => workspaceRepository.addMember(tx, { workspaceId: id, userId: other.id, role }));
  const actor = await workspaces.actorForUser(other.id, id);
  if (!actor) throw new Error('the member has no actor');
  return { actor, owner };
}

describe('sign-in', () => {
  let email = '';
  beforeAll(async () => {
    const passwordHash = await hashPassword('correct horse battery');
    const user = await inTransaction((tx) =>
      workspaceRepository.createUser(tx, { email: 'Mixed.Case@Example.org', name: 'M', passwordHash }),
    );
    email = user.email;
  });

  it('takes the right password, whatever the case of the address', async () => {
    expect(await workspaces.signIn('mixed.case@example.ORG', 'correct horse battery')).toMatchObject({ email });
  });

  it('ends a session with its password', async () => {
    const user = await workspaces.signIn(email, 'correct horse battery');
    const before = await workspaces.sessionSeal(user?.id ?? '');
    await expect(
      workspaces.changePassword(user?.id ?? '', { current: 'guess', next: 'something long' }),
    ).rejects.toMatchObject({ reason: 'workspaces.wrong_password' });
    expect(await workspaces.sessionSeal(user?.id ?? '')).toBe(before);
    await workspaces.changePassword(user?.id ?? '', { current: 'correct horse battery', next: 'another long one' });
    expect(await workspaces.sessionSeal(user?.id ?? '')).not.toBe(before);
    await workspaces.changePassword(user?.id ?? '', { current: 'another long one', next: 'correct horse battery' });
    expect(await workspaces.sessionSeal(randomUUID())).toBeNull();
  });

  it('refuses a wrong password and an unknown address alike', async () => {
    expect(await workspaces.signIn(email, 'wrong')).toBeNull();
    expect(await workspaces.signIn('nobody@example.org', 'correct horse battery')).toBeNull();
  });
});

describe('API keys', () => {
  it('works until it is revoked, and is stored as a hash only', async () => {
    const { actor } = await workspaceOf();
    const made = await workspaces.createApiKey(actor, { name: 'ci', role: 'member' });
    expect(await workspaces.authenticateApiKey(made.key)).toMatchObject({
      workspaceId: actor.workspaceId,
      role: 'member',
    });
    const stored = await database().apiKey.findUniqueOrThrow({ where: { id: made.id } });
    expect(JSON.stringify(stored)).not.toContain(made.key);
    const { items } = await workspaces.listApiKeys(actor, { limit: 50 });
    expect(JSON.stringify(items)).not.toContain(made.key);
    await workspaces.revokeApiKey(actor, made.id);
    expect(await workspaces.authenticateApiKey(made.key)).toBeNull();
  });

  it('does not open anything for a stranger’s text', async () => {
    for (const token of ['', 'tl_', `tl_${'x'.repeat(43)}`, 'sk-123', 'x'.repeat(5000)]) {
      expect(await workspaces.authenticateApiKey(token)).toBeNull();
    }
  });

  it('never carries more rights than its maker has', async () => {
    const { actor } = await workspaceOf('admin');
    await expect(workspaces.createApiKey(actor, { name: 'root', role: 'owner' })).rejects.toMatchObject({
      kind: 'forbidden',
      reason: 'workspaces.grant_too_high',
    });
  });

  it('is nobody else’s to revoke', async () => {
    const mine = await workspaceOf();
    const yours = await workspaceOf();
    const key = await workspaces.createApiKey(mine.actor, { name: 'k', role: 'viewer' });
    await expect(workspaces.revokeApiKey(yours.actor, key.id)).rejects.toMatchObject({ kind: 'not_found' });
    expect(await workspaces.authenticateApiKey(key.key)).not.toBeNull();
  });
});

describe('members', () => {
  it('leaves an owner when two owners step down at the same moment', async () => {
    const { owner } = await workspaceOf();
    const second = await workspaces.addMember(owner, { email: (await person()).email, role: 'owner' });
    const members = await workspaces.listMembers(owner);
    const first = members.find((member) => member.id !== second.id);
    const results = await Promise.allSettled(
      [first, second].map((member) => workspaces.updateMember(owner, { id: member?.id ?? '', role: 'member' })),
    );
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    const owners = (await workspaces.listMembers(owner)).filter((member) => member.role === 'owner');
    expect(owners).toHaveLength(1);
  });

  it('tells a viewer why not', async () => {
    const { actor } = await workspaceOf('viewer');
    await expect(workspaces.addMember(actor, { email: 'new@example.org', role: 'viewer' })).rejects.toMatchObject({
      kind: 'forbidden',
      details: { permission: 'members:manage', role: 'viewer' },
    });
  });

  it('gives a new person a first password that works, once', async () => {
    const { owner } = await workspaceOf();
    const email = `fresh-${process.pid}@example.org`;
    const added = await workspaces.addMember(owner, { email, role: 'member' });
    expect(await workspaces.signIn(email, added.firstPassword ?? '')).toMatchObject({ email });
    await expect(workspaces.addMember(owner, { email, role: 'member' })).rejects.toMatchObject({ kind: 'conflict' });
  });
});

describe('audit log', () => {
  it('records who changed what, for this workspace only', async () => {
    const mine = await workspaceOf();
    const yours = await workspaceOf();
    await workspaces.createApiKey(mine.actor, { name: 'audited', role: 'viewer' });
    const { items } = await workspaces.listAudit(mine.actor, { limit: 10 });
    expect(items[0]).toMatchObject({ action: 'api_key.created', details: { name: 'audited' } });
    expect((await workspaces.listAudit(yours.actor, { limit: 10 })).items).toEqual([]);
  });

  it('refuses changes to the ledger at the database itself', async () => {
    const { actor } = await workspaceOf();
    const { workspaceId } = systemActor(actor.workspaceId);
    const entry = await database().ledgerEntry.create({
      data: { workspaceId, kind: 'charge', amountNanoUsd: 1n, key: 'k', description: 'd' },
    });
    await expect(
      database().ledgerEntry.update({ where: { id: entry.id }, data: { amountNanoUsd: 2n } }),
    ).rejects.toThrow(/append-only/);
    await expect(database().ledgerEntry.delete({ where: { id: entry.id } })).rejects.toThrow(/append-only/);
  });
});
