import type { Hyperparameters, JobPlan } from './job.schema';

/** What the rules need to know of a base model (the providers slice has more). */
export interface PlanBase {
  id: string;
  available: boolean;
  unavailableReason: string | null;
  connectionHealth: string;
  maxExampleTokens: number | null;
  minExamples: number;
  /** Null = no limit is known. */
  maxExamples: number | null;
  tokenizer: string | null;
  defaults: Hyperparameters;
  limits: Record<'epochs' | 'batchSize' | 'learningRateMultiplier', { min: number; max: number }>;
  auto: {
    epochs: { targetExamples: number; min: number; max: number };
    batchSize: { divisor: number; min: number; max: number };
    learningRateMultiplier: number;
    explanation: string;
    certainty: 'stated' | 'observed';
  };
  /** ISO date: the last day on which jobs start. */
  jobsUntil: string | null;
  retiresOn: string | null;
}

export interface PlanData {
  status: string;
  trainRows: number;
  validationRows: number;
  holdoutRows: number;
  maxExampleTokens: number;
}

type Finding = JobPlan['blockers'][number];

const clamp = (value: number, { min, max }: { min: number; max: number }) => Math.min(max, Math.max(min, value));

/** Values as they will be sent: what was chosen, else the base model's own defaults. */
export const chosenHyperparameters = (
  base: PlanBase,
  wanted: { [K in keyof Hyperparameters]?: Hyperparameters[K] | undefined } = {},
): Hyperparameters => ({
  epochs: wanted.epochs ?? base.defaults.epochs,
  batchSize: wanted.batchSize ?? base.defaults.batchSize,
  learningRateMultiplier: wanted.learningRateMultiplier ?? base.defaults.learningRateMultiplier,
});

/** What `auto` becomes, by the provider's rule; where that rule was only observed, epochs are a range. */
export function resolveAuto(base: PlanBase, chosen: Hyperparameters, trainRows: number): JobPlan['resolved'] {
  const { auto } = base;
  const rows = Math.max(1, trainRows);
  const fixed = 'Chosen by hand.';
  const epochs = clamp(Math.ceil(auto.epochs.targetExamples / rows), auto.epochs);
  const spread = auto.certainty === 'observed' ? 2 : 1;
  const batch = clamp(Math.round(rows / auto.batchSize.divisor), auto.batchSize);
  const { epochs: e, batchSize: b, learningRateMultiplier: l } = chosen;
  return {
    epochs:
      e === 'auto'
        ? {
            low: clamp(Math.floor(epochs / spread), auto.epochs),
            expected: epochs,
            high: clamp(epochs * spread, auto.epochs),
            why: `${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}: usual for ${rows} examples. ${auto.explanation}`,
          }
        : { low: e, expected: e, high: e, why: fixed },
    batchSize:
      b === 'auto' ? { expected: batch, why: `${batch}: usual for ${rows} examples.` } : { expected: b, why: fixed },
    learningRateMultiplier:
      l === 'auto' ? { expected: auto.learningRateMultiplier, why: auto.explanation } : { expected: l, why: fixed },
  };
}

/** Optimiser steps in all: batches per epoch (the last one may be smaller) times epochs. */
export const stepsOf = (trainRows: number, resolved: JobPlan['resolved']): number =>
  Math.ceil(trainRows / Math.max(1, resolved.batchSize.expected)) * resolved.epochs.expected;

/** Everything that stands in the way of a launch, all at once, each with a next step. */
export function findBlockers(base: PlanBase, data: PlanData, chosen: Hyperparameters, today: string): Finding[] {
  const found: Finding[] = [];
  const add = (reason: string, message: string) => found.push({ reason, message });
  if (data.status !== 'ready') {
    add(
      'version_not_ready',
      'This dataset version is not ready. Wait for its check to end, or choose another version.',
    );
  } else if (data.trainRows === 0) {
    add('no_train_rows', 'This version has no training examples. Add examples, or choose another version.');
  } else if (data.trainRows < base.minExamples) {
    add(
      'too_few_examples',
      `${base.id} needs at least ${base.minExamples} training examples and this version has ${data.trainRows}. Add ${base.minExamples - data.trainRows} more.`,
    );
  } else if (base.maxExamples !== null && data.trainRows > base.maxExamples) {
    add(
      'too_many_examples',
      `${base.id} takes at most ${base.maxExamples} training examples and this version has ${data.trainRows}. Use a version with fewer, or choose another model.`,
    );
  }
  if (base.maxExampleTokens !== null && data.maxExampleTokens > base.maxExampleTokens) {
    add(
      'example_too_long',
      `The longest example has ${data.maxExampleTokens} tokens and ${base.id} takes at most ${base.maxExampleTokens}. Shorten or remove the longest examples, or choose a model that takes longer ones.`,
    );
  }
  if (!base.available) {
    add(
      'model_unavailable',
      base.unavailableReason ?? `${base.id} cannot be tuned at this connection now. Choose another base model.`,
    );
  } else if (base.jobsUntil && today > base.jobsUntil) {
    add('model_closed', `${base.id} has taken no new jobs since ${base.jobsUntil}. Choose another base model.`);
  }
  for (const [name, value] of Object.entries(chosen)) {
    const { min, max } = base.limits[name as keyof Hyperparameters];
    if (value !== 'auto' && (value < min || value > max)) {
      add('out_of_range', `${name} is ${value}; ${base.id} takes ${min} to ${max}. Change it, or leave it on auto.`);
    }
  }
  return found;
}

/** What is worth knowing before a launch, and stops nothing. */
export function findWarnings(base: PlanBase, data: PlanData, money: { needsCap: boolean }): string[] {
  const found: string[] = [];
  if (base.connectionHealth === 'down' || base.connectionHealth === 'degraded')
    found.push('The connection did not answer when it was last checked. The job waits until it does.');
  if (data.validationRows === 0) found.push('No validation examples: there will be no validation loss.');
  if (data.holdoutRows === 0) found.push('No held-out examples: base and tuned model cannot be compared afterwards.');
  const near = base.maxExampleTokens !== null && data.maxExampleTokens * 2 > base.maxExampleTokens;
  if (near && base.tokenizer !== 'o200k_base')
    found.push(
      'The longest example may be too long: lengths here are counted in o200k tokens, the model counts its own.',
    );
  if (base.retiresOn) found.push(`${base.id} and every model tuned from it stop answering on ${base.retiresOn}.`);
  if (money.needsCap)
    found.push(
      'The price is unknown. The cap is held on the budget, but cost cannot be followed while the job is running.',
    );
  return found;
}

/** Everything a launch depends on, as one text: if it differs at submit, the person saw another plan. */
export function planFingerprint(plan: Omit<JobPlan, 'hash' | 'expectedMs' | 'warnings' | 'suggestedName'>): string {
  const { dataset, baseModel, hyperparameters, resolved, steps, estimate, hold, blockers } = plan;
  return JSON.stringify(
    [
      [dataset.versionId, dataset.trainRows, dataset.validationRows, dataset.trainTokens],
      [baseModel.connectionId, baseModel.id],
      [hyperparameters.epochs, hyperparameters.batchSize, hyperparameters.learningRateMultiplier],
      [resolved.epochs.low, resolved.epochs.expected, resolved.epochs.high, resolved.batchSize.expected, steps],
      [estimate.low, estimate.expected, estimate.high, estimate.free, hold],
      blockers.map((blocker) => blocker.reason),
    ],
    (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  );
}

/**
 * What a launch reserves, in nano-dollars: the high end of the estimate, less when a lower cap stops the job before.
 * With an unknown price only a typed cap bounds the cost; null = one must be typed.
 */
export function holdOf(estimate: Pick<JobPlan['estimate'], 'high' | 'free'>, cap: bigint | null): bigint | null {
  if (estimate.free) return 0n;
  if (estimate.high === null) return cap;
  return cap !== null && cap < estimate.high ? cap : estimate.high;
}
