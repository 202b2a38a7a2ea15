import type { ConnectionHealth } from './provider.schema';

/** What a check revealed, in the words of the training port. */
export interface Report {
  ok: boolean;
  mayCreate: 'yes' | 'no' | 'unknown';
  reason?: string | undefined;
}

/** It answers, but no job will start there, whatever is sent. */
const CLOSED_REASONS: ReadonlySet<string> = new Set(['closed', 'no_training', 'no_base_model']);
/** The provider asks to wait, or a person has to pay: it is there, and the key is right. */
const PASSING: ReadonlySet<string> = new Set(['rate_limit', 'quota']);

/**
 * Health after a check. A check that did not ask whether jobs may be created cannot reopen a closed connection.
 */
export function healthAfterCheck(report: Report, before: ConnectionHealth): ConnectionHealth {
  const reason = report.reason ?? '';
  if (!report.ok) return PASSING.has(reason) ? 'degraded' : 'down';
  if (report.mayCreate === 'no') return CLOSED_REASONS.has(reason) ? 'closed' : 'degraded';
  if (report.mayCreate === 'yes') return 'healthy';
  if (before === 'closed') return 'closed';
  return reason === '' ? 'healthy' : 'degraded';
}

const severity: Record<ConnectionHealth, number> = { unknown: 0, healthy: 0, degraded: 1, closed: 2, down: 3 };

/**
 * Health that a failed call reveals, or null when it says nothing about the connection (a wrong request, a missing id).
 * @param failure class and reason of a ProviderFailure
 */
export function healthAfterFailure(failure: { class: string; reason?: string | undefined }): ConnectionHealth | null {
  switch (failure.class) {
    case 'auth':
      return 'down';
    case 'forbidden':
      return failure.reason === 'closed' ? 'closed' : 'degraded';
    case 'quota':
    case 'transient':
    case 'unknown_outcome':
      return 'degraded';
    default:
      return null;
  }
}

/** States that a failure of this health makes worse: one lost answer does not hide a rejected key. */
export const milderThan = (health: ConnectionHealth): ConnectionHealth[] =>
  (Object.keys(severity) as ConnectionHealth[]).filter((each) => severity[each] < severity[health]);
