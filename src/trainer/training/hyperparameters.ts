/** Hyperparameters as a job asks for them: a number, or left to the rules below. */
export interface RequestedHyperparameters {
  readonly n_epochs?: number | 'auto' | undefined;
  readonly batch_size?: number | 'auto' | undefined;
  readonly learning_rate_multiplier?: number | 'auto' | undefined;
}

export interface Hyperparameters {
  readonly n_epochs: number;
  readonly batch_size: number;
  readonly learning_rate_multiplier: number;
}

/** What a multiplier of 1 means. */
export const BASE_LEARNING_RATE = 1e-3;

/** What a job may ask for. Ranges are OpenAI's; the multiplier has a bound here because more only diverges. */
export const LIMITS = {
  n_epochs: { min: 1, max: 50 },
  batch_size: { min: 1, max: 256 },
  learning_rate_multiplier: { min: 0.01, max: 100 },
} as const;

/**
 * What "auto" becomes: about 1,200 examples seen in total and about 32 steps per epoch, which was measured to be enough
 * for small tasks and to end within a minute or two on two cores.
 */
export const AUTO = {
  n_epochs: { target_examples: 1200, min: 3, max: 15 },
  batch_size: { divisor: 32, min: 1, max: 32 },
  learning_rate_multiplier: 1,
} as const;

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** Fills in what was left to "auto" from the number of training examples, by the rules above. */
export function resolveHyperparameters(asked: RequestedHyperparameters, examples: number): Hyperparameters {
  const auto: Hyperparameters = {
    n_epochs: clamp(Math.ceil(AUTO.n_epochs.target_examples / examples), AUTO.n_epochs.min, AUTO.n_epochs.max),
    batch_size: clamp(Math.round(examples / AUTO.batch_size.divisor), AUTO.batch_size.min, AUTO.batch_size.max),
    learning_rate_multiplier: AUTO.learning_rate_multiplier,
  };
  const choose = (key: keyof Hyperparameters) => {
    const value = asked[key];
    return value === undefined || value === 'auto' ? auto[key] : value;
  };
  return {
    n_epochs: choose('n_epochs'),
    batch_size: Math.min(choose('batch_size'), examples),
    learning_rate_multiplier: choose('learning_rate_multiplier'),
  };
}

/** Learning rate of a step (from 0): linear warm-up over 6 % of the run, at most 20 steps, then linear decay to 0. */
export function learningRate(step: number, totalSteps: number, peak: number): number {
  const warmUp = clamp(Math.round(totalSteps * 0.06), 1, 20);
  if (step < warmUp) return (peak * (step + 1)) / warmUp;
  return (peak * (totalSteps - step)) / Math.max(1, totalSteps - warmUp);
}
