import { describe, expect, it } from 'vitest';
import { type AttentionInput, attentionItems } from './attention';

const now = new Date('2026-11-25T12:00:00Z');
const nothing: AttentionInput = { jobs: [], datasets: [], models: [], providers: [], budgets: [] };

const job = (over: Partial<AttentionInput['jobs'][number]>): AttentionInput['jobs'][number] => ({
  id: 'job',
  name: 'support-router-3',
  status: 'running',
  providerStatus: null,
  stalled: false,
  dataset: { id: 'd', name: 'd', version: 1, versionId: 'v' },
  connection: { id: 'c', name: 'c', kind: 'builtin' },
  baseModel: 'm',
  lastStep: 0,
  totalSteps: null,
  trainLoss: null,
  validLoss: null,
  cost: 0n,
  cap: null,
  model: null,
  error: null,
  createdByLabel: null,
  createdAt: now,
  runningAt: null,
  endedAt: null,
  ...over,
});

const budget = (spent: bigint, active = true): AttentionInput['budgets'][number] => ({
  id: 'b',
  name: 'Monthly cap',
  scope: 'workspace',
  scopeId: null,
  period: 'month',
  limit: 100_000_000_000n,
  onBreach: 'block',
  active,
  createdAt: now,
  spent,
  held: 5_000_000_000n,
});

const texts = (input: Partial<AttentionInput>) =>
  attentionItems({ ...nothing, ...input }, now).map((item) => item.text);

describe('what needs attention', () => {
  it('is nothing while everything is well', () => {
    expect(texts({ jobs: [job({}), job({ status: 'succeeded', endedAt: now })], budgets: [budget(10n)] })).toEqual([]);
  });

  it('puts what is broken before what is near', () => {
    const items = attentionItems(
      { ...nothing, jobs: [job({ stalled: true }), job({ id: 'lost', status: 'unknown' })] },
      now,
    );
    expect(items.map((item) => item.tone)).toEqual(['bad', 'warn']);
  });

  it('speaks of a failed job for a week, then leaves it to the list', () => {
    const failed = (endedAt: string) => job({ status: 'failed', endedAt: new Date(endedAt) });
    expect(texts({ jobs: [failed('2026-11-20T00:00:00Z')] })).toHaveLength(1);
    expect(texts({ jobs: [failed('2026-11-01T00:00:00Z')] })).toHaveLength(0);
  });

  it('counts held money as used, from 80 % on, and leaves switched-off caps alone', () => {
    expect(texts({ budgets: [budget(75_000_000_000n)] })).toEqual(['Monthly cap: $80.00 of $100.00 is used.']);
    expect(texts({ budgets: [budget(74_000_000_000n)] })).toEqual([]);
    expect(texts({ budgets: [budget(95_000_000_000n, false)] })).toEqual([]);
  });
});
