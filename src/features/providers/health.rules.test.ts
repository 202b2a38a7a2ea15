import { describe, expect, it } from 'vitest';
import { healthAfterCheck, healthAfterFailure, milderThan } from './health.rules';

describe('health after a check', () => {
  it.each([
    [{ ok: true, mayCreate: 'yes' }, 'unknown', 'healthy'],
    [{ ok: true, mayCreate: 'yes' }, 'closed', 'healthy'],
    [{ ok: true, mayCreate: 'unknown' }, 'down', 'healthy'],
    [{ ok: true, mayCreate: 'unknown' }, 'closed', 'closed'],
    [{ ok: true, mayCreate: 'unknown', reason: 'transient' }, 'healthy', 'degraded'],
    [{ ok: true, mayCreate: 'no', reason: 'closed' }, 'healthy', 'closed'],
    [{ ok: true, mayCreate: 'no', reason: 'no_training' }, 'healthy', 'closed'],
    [{ ok: true, mayCreate: 'no', reason: 'quota' }, 'healthy', 'degraded'],
    [{ ok: false, mayCreate: 'unknown', reason: 'auth' }, 'healthy', 'down'],
    [{ ok: false, mayCreate: 'unknown', reason: 'transient' }, 'closed', 'down'],
    [{ ok: false, mayCreate: 'unknown', reason: 'rate_limit' }, 'healthy', 'degraded'],
  ] as const)('%j after %s is %s', (report, before, after) => {
    expect(healthAfterCheck(report, before)).toBe(after);
  });
});

describe('health after a failure', () => {
  it('says nothing where the request was wrong', () => {
    for (const kind of ['invalid', 'not_found', 'rate_limit']) expect(healthAfterFailure({ class: kind })).toBeNull();
  });

  it('only makes things worse', () => {
    expect(healthAfterFailure({ class: 'forbidden', reason: 'closed' })).toBe('closed');
    expect(milderThan('degraded').toSorted()).toEqual(['healthy', 'unknown']);
    expect(milderThan('closed')).not.toContain('down');
    expect(milderThan('down')).toContain('closed');
  });
});
