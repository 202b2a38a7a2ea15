/** How the fake trains: a pure function of the job and the seconds since its creation. Nothing is learned. */

export interface RunPlan {
  examples: number;
  epochs: number;
  batchSize: number;
  tokensPerEpoch: number;
  hasValidation: boolean;
  /** Said by the file check; the job then fails before it trains. */
  problem: { code: string; message: string; param: string } | null;
}

/** Seconds. */
export const VALIDATION_TAKES = 2;
export const QUEUE_TAKES = 3;
export const STEP_TAKES = 1;

export const totalSteps = ({ examples, epochs, batchSize }: RunPlan): number =>
  Math.max(1, Math.ceil(examples / batchSize)) * epochs;

export type Phase = 'validating_files' | 'queued' | 'running' | 'succeeded' | 'failed';

/** Where a job stands so many seconds after its creation. */
export function phaseAt(plan: RunPlan, seconds: number): { phase: Phase; step: number } {
  if (seconds < VALIDATION_TAKES) return { phase: 'validating_files', step: 0 };
  if (plan.problem) return { phase: 'failed', step: 0 };
  if (seconds < VALIDATION_TAKES + QUEUE_TAKES) return { phase: 'queued', step: 0 };
  const step = Math.floor((seconds - VALIDATION_TAKES - QUEUE_TAKES) / STEP_TAKES);
  const total = totalSteps(plan);
  return step >= total ? { phase: 'succeeded', step: total } : { phase: 'running', step };
}

/** A curve that falls, with a little noise that is the same each time. */
export function lossAt(step: number, total: number): number {
  const noise = Math.sin(step * 12.9898) * 0.03;
  return Number((0.2 + 2 * Math.exp((-3 * step) / total) + noise).toFixed(4));
}

/** Keys as in OpenAI's metric events. */
export function metricsAt(plan: RunPlan, step: number) {
  const total = totalSteps(plan);
  const perEpoch = total / plan.epochs;
  const loss = lossAt(step, total);
  return {
    step,
    total_steps: total,
    train_loss: loss,
    train_mean_token_accuracy: Number((1 - loss / 3).toFixed(4)),
    ...(plan.hasValidation && { valid_loss: loss + 0.1, valid_mean_token_accuracy: 1 - (loss + 0.1) / 3 }),
    ...(plan.hasValidation && step % perEpoch === 0 && { full_valid_loss: loss + 0.12 }),
  };
}
