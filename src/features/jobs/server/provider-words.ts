import { CLOSED, isProviderFailure } from '@/integrations/provider-failure';
import { AppError } from '@/lib/app-error';
import type { JobError } from '../job.schema';

/** Waiting may help: the provider is down, busy, or the answer got lost on the way. */
export function mayPass(error: unknown): boolean {
  if (isProviderFailure(error)) return ['transient', 'rate_limit', 'unknown_outcome'].includes(error.class);
  return (
    !(error instanceof AppError) || ['provider_failed', 'timeout', 'rate_limited', 'internal'].includes(error.kind)
  );
}

/** Milliseconds that the provider asks to wait, else the given time. */
export const waitOf = (error: unknown, otherwise: number): number =>
  (isProviderFailure(error) || error instanceof AppError ? error.retryAfterMs : undefined) ?? otherwise;

/** A failed call as a person reads it: what happened, why, what to do next, and what the provider really said. */
export function explain(error: unknown, doing: string): JobError {
  const message = error instanceof Error ? error.message : String(error);
  if (!isProviderFailure(error)) {
    const reason = error instanceof AppError ? error.reason : 'jobs.internal';
    return {
      reason,
      message: `${doing} did not work. ${message}`,
      nextStep: 'Set right what is said above and launch again.',
    };
  }
  const reason = error.reason === CLOSED ? 'jobs.provider_closed' : `jobs.provider_${error.class}`;
  return { reason, message: `${doing} did not work. ${message}`, nextStep: nextStepOf(error), evidence: error.raw };
}

function nextStepOf(error: { class: string; reason: string | undefined }): string {
  if (error.reason === CLOSED)
    return 'This account can train no more there. Choose another connection and launch again.';
  switch (error.class) {
    case 'auth':
      return 'Enter a valid key under Providers, then launch again.';
    case 'forbidden':
      return 'Give the key the right to train at the provider, or use another connection, then launch again.';
    case 'quota':
      return 'Raise the limit or pay at the provider, then launch again.';
    case 'invalid':
      return 'Change what the provider objects to, then launch again.';
    case 'not_found':
      return 'Check base model and address of the connection, then launch again.';
    default:
      return 'Check the connection under Providers, then launch again.';
  }
}
