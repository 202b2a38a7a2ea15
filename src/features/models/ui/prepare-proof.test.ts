import { describe, expect, it } from 'vitest';
import { countOutcomes, outcomeOf, prepareProofRows, prepareScores } from './prepare-proof';

const row = (base: string, tuned: string) => ({ question: 'q', expected: 'yes', base, tuned });

describe('outcomeOf', () => {
  it.each([
    ['no', 'yes', 'won'],
    ['yes', 'no', 'lost'],
    ['yes', ' yes\n', 'both_right'],
    ['no', 'Yes', 'both_wrong'],
  ] as const)('base %s, tuned %s → %s', (base, tuned, outcome) => {
    expect(outcomeOf(row(base, tuned))).toBe(outcome);
  });
});

describe('prepareProofRows', () => {
  it('puts what got worse first, and gives every row a key of its own', () => {
    const rows = prepareProofRows({ rows: [row('yes', 'yes'), row('no', 'yes'), row('yes', 'no'), row('no', 'no')] });
    expect(rows.map(({ outcome }) => outcome)).toEqual(['lost', 'won', 'both_wrong', 'both_right']);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(4);
    expect(countOutcomes(rows)).toEqual({ won: 1, lost: 1, both_right: 1, both_wrong: 1 });
  });
});

describe('prepareScores', () => {
  const proof = (base: number | null, tuned: number | null) => ({
    base: { exactMatch: base, loss: null },
    tuned: { exactMatch: tuned, loss: null },
    examples: 40,
  });

  it('gives both shares with intervals that contain them', () => {
    const scores = prepareScores(proof(0, 0.85));
    expect(scores.map(({ name }) => name)).toEqual(['Base model', 'Tuned model']);
    for (const { share, low, high } of scores) {
      expect(low).toBeLessThanOrEqual(share);
      expect(high).toBeGreaterThanOrEqual(share);
    }
  });

  it('leaves out what was not measured', () => {
    expect(prepareScores(proof(null, 0.5))).toHaveLength(1);
    expect(prepareScores(proof(null, null))).toEqual([]);
  });
});
