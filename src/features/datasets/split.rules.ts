export const splits = ['train', 'validation', 'holdout'] as const;
export type Split = (typeof splits)[number];

/** What people read. */
export const splitNames = {
  train: 'Training',
  validation: 'Validation',
  holdout: 'Held out',
} as const satisfies Record<Split, string>;

export const TRAIN = 0;
export const VALIDATION = 1;
export const HOLDOUT = 2;

/** How the examples of a dataset are dealt out; shares are of its distinct examples. */
export interface SplitPlan {
  validationShare: number;
  holdoutShare: number;
  /** Whether each label has the same shares, in a dataset that is small enough to be dealt out exactly. */
  stratify: boolean;
}

/** Of datasets from before there were plans: those that do not say otherwise go on as they were dealt out. */
export const DEFAULT_PLAN: SplitPlan = { validationShare: 0.1, holdoutShare: 0.1, stratify: false };

/** Of a new dataset. Where answers are no labels it deals out as if it did not ask for them. */
export const NEW_PLAN: SplitPlan = { ...DEFAULT_PLAN, stratify: true };

/** Fewer examples of a label than this have no shares of their own: a tenth of four is nothing. They are dealt out together. */
export const FEW_OF_A_LABEL = 5;

/** Below this many distinct examples shares by chance would be lopsided, so exact numbers are dealt out by rank of the hash. */
export const SMALL_DATASET = 1000;

/** What `splitOf` compares with: a hash is mixed with `seed`, and its share of all hashes told by the other two. */
export interface SplitBounds {
  seed: number;
  trainUntil: number;
  validationUntil: number;
}

export const splitBounds = (seed: number, { validationShare, holdoutShare }: SplitPlan): SplitBounds => ({
  seed: Math.imul(seed, SEED_STEP),
  trainUntil: 1 - validationShare - holdoutShare,
  validationUntil: 1 - holdoutShare,
});

const SEED_STEP = 0x9e3779b1;

/** A number in [0, 1) that depends on the content hash and the seed alone. */
function unitOf(low: number, seed: number): number {
  let h = Math.imul(low ^ Math.imul(seed, SEED_STEP), 0x85ebca6b);
  h ^= h >>> 15;
  h = Math.imul(h, 0xc2b2ae35);
  return ((h ^ (h >>> 13)) >>> 0) / 2 ** 32;
}

/**
 * The split of one example by its content hash and the dataset's seed, so the same text always lands on the same side and
 * duplicates never straddle.
 *
 * @param low  lower 32 bits of the content hash
 */
export function splitOf(low: number, seed: number, plan: SplitPlan = DEFAULT_PLAN): number {
  const { trainUntil, validationUntil } = splitBounds(seed, plan);
  const unit = unitOf(low, seed);
  if (unit < trainUntil) return TRAIN;
  return unit < validationUntil ? VALIDATION : HOLDOUT;
}

/**
 * The splits of a small dataset's distinct examples: exact shares, taken from the same end of the order that `splitOf`
 * would take them from, so few examples change sides when the dataset grows.
 *
 * @param lows    lower 32 bits of each distinct content hash
 * @param labels  with one for each hash, every label of at least five has the shares too, to within one example
 * @returns       one split per entry, in the same order
 */
export function splitByRank(
  lows: ArrayLike<number>,
  seed: number,
  plan: SplitPlan = DEFAULT_PLAN,
  labels?: ArrayLike<number>,
): number[] {
  const { length } = lows;
  const units = Float64Array.from({ length }, (_, i) => unitOf(lows[i] ?? 0, seed));
  const order = Uint32Array.from({ length }, (_, i) => i);
  const by = (list: ArrayLike<number>, i: number): number => list[i] ?? 0;
  order.sort((a, b) => by(units, b) - by(units, a) || by(lows, a) - by(lows, b) || a - b);
  const classes = labels && classesOf(labels, order);
  // Stable, so within a class the order by hash stays.
  if (classes) order.sort((a, b) => by(classes, a) - by(classes, b));
  const result = new Uint8Array(length).fill(TRAIN);
  const kept = keptAside(length, plan);
  const given = { holdout: 0, validation: 0 };
  for (let from = 0, to = 0; from < length; from = to) {
    while (to < length && (!classes || classes[by(order, to)] === classes[by(order, from)])) to++;
    // What of all examples up to here is to be kept aside, less what was before: the sum over all classes is exact.
    const due = (side: 'holdout' | 'validation') => Math.round((kept[side] * to) / length) - given[side];
    const holdout = Math.min(due('holdout'), to - from);
    const validation = Math.min(due('validation'), to - from - holdout);
    given.holdout += holdout;
    given.validation += validation;
    for (let rank = 0; rank < to - from; rank++) {
      const place = by(order, from + rank);
      if (rank < holdout) result[place] = HOLDOUT;
      else if (rank < holdout + validation) result[place] = VALIDATION;
    }
  }
  return Array.from(result);
}

/**
 * Labels that are worth shares of their own, numbered by the order of the hashes: like the hashes, and unlike the order in
 * which a file has them, it is the same for the same contents. All other examples are class 0.
 */
function classesOf(labels: ArrayLike<number>, order: Uint32Array): Uint32Array {
  const counts = new Map<number, number>();
  for (const place of order) counts.set(labels[place] ?? 0, (counts.get(labels[place] ?? 0) ?? 0) + 1);
  const numbers = new Map<number, number>();
  const classes = new Uint32Array(order.length);
  for (const place of order) {
    const label = labels[place] ?? 0;
    if ((counts.get(label) ?? 0) < FEW_OF_A_LABEL) continue;
    const number = numbers.get(label) ?? numbers.size + 1;
    numbers.set(label, number);
    classes[place] = number;
  }
  return classes;
}

/** How many distinct examples of a small dataset are kept aside: their share, at least one from 3 examples on. */
function keptAside(distinct: number, plan: SplitPlan): { validation: number; holdout: number } {
  if (distinct < 3) return { validation: 0, holdout: 0 };
  const aside = (share: number) => (share === 0 ? 0 : Math.max(1, Math.round(distinct * share)));
  return { validation: aside(plan.validationShare), holdout: aside(plan.holdoutShare) };
}
