import { type Actor, makeActor } from '@/lib/actor';
import type { Role } from '@/lib/permissions';
import { hashToken } from '@/platform/crypto/secret-box';
import { roleOfKey } from '../../api-key.rules';
import { permissionsOf } from '../../role.rules';
import { looksLikeApiKey } from '../api-key';
import { verifyPassword } from '../password';
import type { TryLimit } from '../try-limit';
import type { WorkspaceDeps } from '../workspace.service';

const TOUCH_EVERY_MS = 60_000;

/**
 * The account behind a mail address and password, or null. Takes the same time whether the account exists or not.
 * @throws rate_limited `auth.too_many_tries`
 */
export const signIn =
  ({ repo, tries }: Pick<WorkspaceDeps, 'repo'> & { tries: TryLimit }) =>
  async (email: string, password: string): Promise<{ id: string; email: string; name: string | null } | null> => {
    const user = await repo.findUserByEmail(email);
    const matches = await tries(email.toLowerCase(), () => verifyPassword(password, user?.passwordHash ?? null));
    return user && matches ? { id: user.id, email: user.email, name: user.name } : null;
  };

export const hasAccount =
  ({ repo }: Pick<WorkspaceDeps, 'repo'>) =>
  async (email: string): Promise<boolean> =>
    (await repo.findUserByEmail(email)) !== null;

/**
 * What a session carries of its account since it began, and must still find there: a changed password ends every session
 * that was opened with the old one. Null = no such account.
 */
export const sessionSeal =
  ({ repo }: Pick<WorkspaceDeps, 'repo'>) =>
  async (userId: string): Promise<string | null> => {
    const user = await repo.findUser(userId);
    return user && hashToken(`session of ${user.id} ${user.passwordHash ?? ''}`).slice(0, 32);
  };

/**
 * The actor of a bearer key, or null when it is unknown or revoked, or was made by somebody who is no longer a member. It
 * acts for its maker, so it may no more than they may at this moment.
 */
export const authenticateApiKey =
  ({ repo, clock }: Pick<WorkspaceDeps, 'repo' | 'clock'>) =>
  async (token: string): Promise<Actor | null> => {
    if (!looksLikeApiKey(token)) return null;
    const key = await repo.findLiveKey(hashToken(token));
    if (!key) return null;
    const now = clock.now();
    // "Last used" is for people who clean up: to the minute is enough, and saves a write per request.
    if (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() > TOUCH_EVERY_MS) await repo.touchKey(key.id, now);
    const role = roleOfKey(key.role, key.makerRole);
    return makeActor({
      kind: 'api_key',
      id: key.id,
      label: `API key "${key.name}"`,
      workspaceId: key.workspaceId,
      role,
      allowed: permissionsOf(role),
    });
  };

/** A person in a workspace: the one asked for, or their first. Null when they are a member of none. */
export const actorForUser =
  ({ queries }: Pick<WorkspaceDeps, 'queries'>) =>
  async (userId: string, workspaceId: string | null): Promise<Actor | null> => {
    const membership =
      (await queries.membershipOf(userId, workspaceId)) ??
      (workspaceId ? await queries.membershipOf(userId, null) : null);
    if (!membership) return null;
    const role = membership.role as Role;
    return makeActor({
      kind: 'user',
      id: userId,
      label: membership.user.name ?? membership.user.email,
      workspaceId: membership.workspaceId,
      role,
      allowed: permissionsOf(role),
    });
  };
