import { describe, expect, it } from 'vitest';
import { familyName, interval95, modelLabel, verdictOf } from './model.rules';

describe('familyName', () => {
  it.each([
    ['Support tickets', 'support-tickets'],
    ['  Ünïcode & Co.  ', 'u-ni-code-co'],
    ['文書', 'model'],
    ['a'.repeat(80), 'a'.repeat(40)],
  ])('%s → %s', (name, family) => {
    expect(familyName(name)).toBe(family);
  });

  it('makes labels people can say', () => {
    expect(modelLabel('support-tickets', 3)).toBe('support-tickets v3');
  });
});

describe('verdictOf', () => {
  const proof = (base: number | null, tuned: number | null) => ({
    base: { exactMatch: base, loss: null },
    tuned: { exactMatch: tuned, loss: null },
  });

  it('compares exact match only', () => {
    expect(verdictOf(proof(0.1, 0.8))).toBe('better');
    expect(verdictOf(proof(0.8, 0.1))).toBe('worse');
    expect(verdictOf(proof(0.5, 0.5))).toBe('same');
  });

  it('says when nothing was measured', () => {
    expect(verdictOf(null)).toBe('not_measured');
    expect(verdictOf(proof(null, 0.8))).toBe('not_measured');
  });
});

describe('interval95', () => {
  it('contains the share and stays inside 0..1', () => {
    for (const [share, n] of [
      [0, 30],
      [1, 30],
      [0.72, 60],
      [0.5, 1],
    ] as const) {
      const [low, high] = interval95(share, n);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(share);
      expect(high).toBeGreaterThanOrEqual(share);
    }
  });

  it('agrees with the published value for 8 of 10', () => {
    const [low, high] = interval95(0.8, 10);
    expect(low).toBeCloseTo(0.4902, 3);
    expect(high).toBeCloseTo(0.9433, 3);
  });
});
