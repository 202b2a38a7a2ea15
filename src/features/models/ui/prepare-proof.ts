import { interval95 } from '../model.rules';
import type { ModelProof } from '../model.schema';

export type Outcome = 'won' | 'lost' | 'both_right' | 'both_wrong';

export interface ProofRow {
  key: string;
  question: string;
  expected: string;
  base: string;
  tuned: string;
  outcome: Outcome;
}

const same = (answer: string, expected: string): boolean => answer.trim() === expected.trim();

/** One held-out example from the tuned model's side. Surrounding spaces do not count, as in the score itself. */
export function outcomeOf(row: { expected: string; base: string; tuned: string }): Outcome {
  const base = same(row.base, row.expected);
  const tuned = same(row.tuned, row.expected);
  if (base && tuned) return 'both_right';
  if (!base && !tuned) return 'both_wrong';
  return tuned ? 'won' : 'lost';
}

/** Rows with their outcome, the telling ones first: lost, won, then what both got wrong or right. */
export function prepareProofRows(proof: Pick<ModelProof, 'rows'>): ProofRow[] {
  const rank: Record<Outcome, number> = { lost: 0, won: 1, both_wrong: 2, both_right: 3 };
  return proof.rows
    .map((row, index) => ({ ...row, key: row.exampleId ?? `row-${index}`, outcome: outcomeOf(row) }))
    .sort((a, b) => rank[a.outcome] - rank[b.outcome]);
}

export function countOutcomes(rows: readonly Pick<ProofRow, 'outcome'>[]): Record<Outcome, number> {
  const counts: Record<Outcome, number> = { won: 0, lost: 0, both_right: 0, both_wrong: 0 };
  for (const { outcome } of rows) counts[outcome]++;
  return counts;
}

export interface ScoreBar {
  name: 'Base model' | 'Tuned model';
  /** 0..1 */
  share: number;
  /** 95 % interval, 0..1. */
  low: number;
  high: number;
}

/** The two scores with what they are good to; empty when nothing was measured. */
export function prepareScores(proof: Pick<ModelProof, 'base' | 'tuned' | 'examples'>): ScoreBar[] {
  const sides = [
    ['Base model', proof.base.exactMatch],
    ['Tuned model', proof.tuned.exactMatch],
  ] as const;
  return sides.flatMap(([name, share]) => {
    if (share === null) return [];
    const [low, high] = interval95(share, proof.examples);
    return [{ name, share, low, high }];
  });
}
