import { randomUUID } from 'node:crypto';
import type { Actor } from '@/lib/actor';
import type { Role } from '@/lib/permissions';
import { database } from '@/platform/db/database';
import type { SessionUser } from '@/platform/trpc/context';
import { services } from '@/server/services';

export interface Person {
  user: SessionUser;
  actor: Actor;
}

/** A workspace with people in every role, as the services of the running app see it. */
export interface Tenant {
  workspaceId: string;
  owner: Person;
  viewer: Person;
  member: Person;
  /** A new API key of this role. */
  key(role?: Role): Promise<string>;
}

export async function makeTenant(name = 'Acme'): Promise<Tenant> {
  const { workspaces } = services();
  const founder = await makeUser();
  const { id: workspaceId } = await workspaces.create(founder.id, { name });
  const enter = async (user: SessionUser, role: Role): Promise<Person> => {
    if (role !== 'owner') await database().membership.create({ data: { workspaceId, userId: user.id, role } });
    const actor = await workspaces.actorForUser(user.id, workspaceId);
    if (!actor) throw new Error(`no actor for the ${role}`);
    return { user, actor };
  };
  const owner = await enter(founder, 'owner');
  return {
    ...{ workspaceId, owner, viewer: await enter(await makeUser(), 'viewer') },
    member: await enter(await makeUser(), 'member'),
    key: async (role = 'member') => (await workspaces.createApiKey(owner.actor, { name: 'test', role })).key,
  };
}

async function makeUser(): Promise<SessionUser> {
  const email = `person-${randomUUID()}@example.org`;
  const { id } = await database().user.create({ data: { email, name: 'Somebody' } });
  return { id, email, name: 'Somebody' };
}
