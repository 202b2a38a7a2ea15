import { expect, it } from 'vitest';
import { auditWords } from './audit-words';

it('says what was done, to what, and its name where the entry has one', () => {
  expect(auditWords({ action: 'budget.created', details: { name: 'Monthly cap' } })).toBe('created budget Monthly cap');
  expect(auditWords({ action: 'api_key.revoked', details: {} })).toBe('revoked API key');
  expect(auditWords({ action: 'member.role_changed', details: { email: 'a@b.c' } })).toBe(
    'changed role of member a@b.c',
  );
});

it('stays readable for an action it has never heard of', () => {
  expect(auditWords({ action: 'odd', details: { name: 7 } })).toBe('odd');
});
