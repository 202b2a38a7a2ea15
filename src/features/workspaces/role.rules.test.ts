import { describe, expect, it } from 'vitest';
import { roles } from '@/lib/permissions';
import { keepsAnOwner, mayGrant, permissionsOf } from './role.rules';

describe('roles', () => {
  it('gives each higher role everything the lower one has', () => {
    const [owner, admin, member, viewer] = roles.map((role) => new Set(permissionsOf(role)));
    for (const permission of viewer ?? []) expect(member).toContain(permission);
    for (const permission of member ?? []) expect(admin).toContain(permission);
    for (const permission of admin ?? []) expect(owner).toContain(permission);
  });

  it('lets a viewer look and never spend', () => {
    expect(permissionsOf('viewer').filter((permission) => !permission.endsWith(':read'))).toEqual([]);
  });

  it('never lets anyone grant more than they hold', () => {
    expect(mayGrant('admin', 'owner')).toBe(false);
    expect(mayGrant('member', 'admin')).toBe(false);
    expect(mayGrant('owner', 'owner')).toBe(true);
  });

  it('keeps the last owner', () => {
    expect(keepsAnOwner('owner', null, 1)).toBe(false);
    expect(keepsAnOwner('owner', 'member', 1)).toBe(false);
    expect(keepsAnOwner('owner', 'member', 2)).toBe(true);
    expect(keepsAnOwner('member', null, 1)).toBe(true);
  });
});
