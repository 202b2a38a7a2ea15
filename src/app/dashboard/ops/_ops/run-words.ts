import type { Tone } from '@/components/ui/badge';
import type { RouterOutputs } from '@/trpc/client';

export type Run = RouterOutputs['ops']['runs']['items'][number];
type StepStatus = RouterOutputs['ops']['run'] extends infer D ? (D extends { steps: (infer S)[] } ? S : never) : never;
export type Step = StepStatus;

export const runTones: Record<Run['status'], Tone> = {
  queued: 'neutral',
  running: 'info',
  completed: 'good',
  failed: 'bad',
  cancelled: 'neutral',
};

export const stepTones: Record<Step['status'], Tone> = { pending: 'info', done: 'good', error: 'bad' };

/** What an error says, wherever it keeps its message. */
export function errorMessage(error: unknown): string | null {
  if (error === null || error === undefined) return null;
  if (typeof error === 'string') return error;
  const { message } = error as { message?: unknown };
  return typeof message === 'string' ? message : JSON.stringify(error);
}
