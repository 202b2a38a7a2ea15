import { expect, it } from 'vitest';
import type { ApiKeySummary } from '../workspace.schema';
import { keyNote, removalWords } from './key-words';

const key: ApiKeySummary = {
  ...{ id: 'k', name: 'ci', prefix: 'tl_abc', role: 'admin', mayAs: 'admin', status: 'active', maker: 'Ada' },
  ...{ makerRole: 'admin', createdAt: new Date(), lastUsedAt: null },
};

it('says how many keys a removal stops, and which', () => {
  expect(removalWords({ count: 0, names: [] })).toBe('No API key of theirs is in use, so no program stops.');
  expect(removalWords({ count: 1, names: ['ci'] })).toContain('1 API key acts for them and stops working at once');
  expect(removalWords({ count: 7, names: ['a', 'b', 'c', 'd', 'e'] })).toContain(
    '7 API keys act for them and stop working at once, for good: a, b, c, d, e and 2 more.',
  );
});

it('says why a key stopped, or may less than it was made for', () => {
  expect(keyNote(key)).toBeNull();
  expect(keyNote({ ...key, status: 'revoked', makerRole: null })).toBeNull();
  expect(keyNote({ ...key, status: 'stopped', makerRole: null })).toBe('Ada is no longer a member');
  expect(keyNote({ ...key, status: 'stopped' })).toBe('Ada was removed once; make a new key');
  expect(keyNote({ ...key, mayAs: 'viewer', makerRole: 'viewer' })).toBe(
    'made as admin; the role of Ada is viewer now',
  );
});
