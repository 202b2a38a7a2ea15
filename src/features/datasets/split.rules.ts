export const splits = ['train', 'validation', 'holdout'] as const;
export type Split = (typeof splits)[number];

export const TRAIN = 0;
export const VALIDATION = 1;
export const HOLDOUT = 2;

const VALIDATION_SHARE = 0.1;
const HOLDOUT_SHARE = 0.1;
/** Below this many distinct examples shares by chance would be lopsided, so exact numbers are dealt out by rank of the hash. */
export const SMALL_DATASET = 1000;

/** A number in [0, 1) that depends on the content hash and the seed alone. */
function unitOf(low: number, seed: number): number {
  let h = Math.imul(low ^ Math.imul(seed, 0x9e3779b1), 0x85ebca6b);
  h ^= h >>> 15;
  h = Math.imul(h, 0xc2b2ae35);
  return ((h ^ (h >>> 13)) >>> 0) / 2 ** 32;
}

/**
 * The split of one example: 80/10/10 by its content hash and the dataset's seed, so the same text always lands on the
 * same side and duplicates never straddle.
 *
 * @param low  lower 32 bits of the content hash
 */
export function splitOf(low: number, seed: number): number {
  const unit = unitOf(low, seed);
  if (unit < 1 - VALIDATION_SHARE - HOLDOUT_SHARE) return TRAIN;
  return unit < 1 - HOLDOUT_SHARE ? VALIDATION : HOLDOUT;
}

/**
 * The splits of a small dataset's distinct examples: exact shares, taken from the same end of the order that `splitOf`
 * would take them from, so few examples change sides when the dataset grows.
 *
 * @param lows  lower 32 bits of each distinct content hash
 * @returns     one split per entry, in the same order
 */
export function splitByRank(lows: readonly number[], seed: number): number[] {
  const { validation, holdout } = keptAside(lows.length);
  const order = lows.map((low, i) => ({ i, low, unit: unitOf(low, seed) }));
  order.sort((a, b) => b.unit - a.unit || a.low - b.low || a.i - b.i);
  const result = new Array<number>(lows.length).fill(TRAIN);
  order.forEach(({ i }, rank) => {
    if (rank < holdout) result[i] = HOLDOUT;
    else if (rank < holdout + validation) result[i] = VALIDATION;
  });
  return result;
}

/** How many distinct examples of a small dataset are kept aside: a tenth each, at least one from 3 examples on. */
function keptAside(distinct: number): { validation: number; holdout: number } {
  if (distinct < 3) return { validation: 0, holdout: 0 };
  return {
    validation: Math.max(1, Math.round(distinct * VALIDATION_SHARE)),
    holdout: Math.max(1, Math.round(distinct * HOLDOUT_SHARE)),
  };
}
