import { describe, expect, it } from 'vitest';
import { keyStatus, roleOfKey } from './api-key.rules';

const now = new Date();
const live = { role: 'member', revokedAt: null, makerLeft: false, maker: { role: 'admin' } } as const;

describe('a key', () => {
  it('is active while its maker is a member, or when it was made by nobody who could leave', () => {
    expect(keyStatus(live)).toBe('active');
    expect(keyStatus({ ...live, maker: null })).toBe('active');
  });

  it('is stopped with the membership of its maker, written down or not, and also when they are back', () => {
    expect(keyStatus({ ...live, maker: { role: null } })).toBe('stopped');
    expect(keyStatus({ ...live, revokedAt: now, makerLeft: true, maker: { role: null } })).toBe('stopped');
    expect(keyStatus({ ...live, revokedAt: now, makerLeft: true })).toBe('stopped');
  });

  it('is revoked when somebody revoked it, whatever became of its maker', () => {
    expect(keyStatus({ ...live, revokedAt: now })).toBe('revoked');
    expect(keyStatus({ ...live, revokedAt: now, maker: { role: null } })).toBe('revoked');
  });

  it('may what it was made for, and never more than its maker', () => {
    expect(roleOfKey('member', 'owner')).toBe('member');
    expect(roleOfKey('admin', 'viewer')).toBe('viewer');
    expect(roleOfKey('admin', null)).toBe('admin');
  });
});
