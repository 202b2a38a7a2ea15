import type { Hyperparameters } from './job.schema';

/** What a person may set of a training, besides `auto`. */
export const settingLimits = {
  /** Whole passes over the training split. */
  epochs: { least: 1, most: 100 },
  /** Examples per optimiser step. */
  batchSize: { least: 1, most: 512 },
  /** Any number above zero. */
  learningRateMultiplier: { most: 100 },
} as const;

/** A setting as a person types it; undefined when it is none. Without the schema, which a page would load with its library. */
export function readSetting(name: keyof Hyperparameters, typed: string): number | 'auto' | undefined {
  const text = typed.trim().toLowerCase();
  if (text === 'auto') return 'auto';
  const value = text === '' ? Number.NaN : Number(text);
  if (name === 'learningRateMultiplier')
    return value > 0 && value <= settingLimits.learningRateMultiplier.most ? value : undefined;
  const { least, most } = settingLimits[name];
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}
