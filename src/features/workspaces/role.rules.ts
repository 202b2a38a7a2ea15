import { type Permission, permissions, type Role } from '@/lib/permissions';

const viewer: readonly Permission[] = [
  'workspace:read',
  'providers:read',
  'datasets:read',
  'budgets:read',
  'jobs:read',
  'models:read',
  'agents:read',
];

const member: readonly Permission[] = [
  ...viewer,
  'datasets:write',
  'jobs:launch',
  'models:write',
  'agents:write',
  'agents:call',
  'ops:read',
];

const admin: readonly Permission[] = permissions.filter((permission) => permission !== 'workspace:manage');

/** The one table that says who may do what. */
const table: Record<Role, readonly Permission[]> = { owner: permissions, admin, member, viewer };

export const permissionsOf = (role: Role): readonly Permission[] => table[role];

const rank: Record<Role, number> = { viewer: 0, member: 1, admin: 2, owner: 3 };

/** Nobody hands out more than they hold, and only an owner makes owners. */
export const mayGrant = (granting: Role, granted: Role): boolean => rank[granting] >= rank[granted];

export const lowerRole = (one: Role, other: Role): Role => (rank[one] <= rank[other] ? one : other);

/**
 * Whether a member may be moved to `next` (null = removed) without leaving the workspace ownerless.
 * @param owners how many owners there are now, >= 1
 */
export function keepsAnOwner(current: Role, next: Role | null, owners: number): boolean {
  return current !== 'owner' || next === 'owner' || owners > 1;
}
