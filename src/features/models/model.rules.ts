import type { ModelProof } from './model.schema';

export const modelLabel = (family: string, version: number): string => `${family} v${version}`;

/**
 * The family a job's model joins: the dataset's name in the letters that model ids allow.
 * @returns 1 to 40 characters of a-z, 0-9 and "-"
 */
export function familyName(datasetName: string): string {
  const plain = datasetName
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return plain || 'model';
}

export type Verdict = 'better' | 'worse' | 'same' | 'not_measured';

/** Whether tuning helped on held-out examples. Exact match decides; a tie there is decided by nothing else. */
export function verdictOf(proof: Pick<ModelProof, 'base' | 'tuned'> | null): Verdict {
  const base = proof?.base.exactMatch ?? null;
  const tuned = proof?.tuned.exactMatch ?? null;
  if (base === null || tuned === null) return 'not_measured';
  if (tuned === base) return 'same';
  return tuned > base ? 'better' : 'worse';
}

/**
 * Wilson score interval at 95 % for a share measured on `n` examples: honest for small n and for 0 % or 100 %.
 * @returns [low, high] in 0..1. Source: Wilson (1927), "Probable inference, the law of succession, and statistical inference".
 */
export function interval95(share: number, n: number): [number, number] {
  if (n <= 0) return [0, 1];
  const z = 1.96;
  const centre = share + (z * z) / (2 * n);
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}
