import type { JobStatus } from './job.schema';

/** What can happen to a job. Facts come from people, durable steps and the provider; which status follows is one table. */
export const jobFacts = [
  'submitted',
  'claimed',
  'prepared',
  /** The create call may or may not have had its effect, and looking did not tell. */
  'launch_unknown',
  /** A person, or a provider that costs nothing, allows another create call. */
  'launch_allowed',
  'accepted',
  /** No job exists at the provider, for a reason that repeating does not change. */
  'refused',
  'working',
  'paused',
  /** The provider says that it is cancelling. */
  'stopping',
  'succeeded',
  'failed',
  'cancelled',
  /** Somebody wants it to end while something may be running at the provider. */
  'cancel_asked',
  /** It ends before anything was launched. */
  'withdrawn',
] as const;
export type JobFact = (typeof jobFacts)[number];

const ended: Partial<Record<JobFact, JobStatus>> = {};

/** Everything the provider can say of a job that it has. */
const live = {
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
  stopping: 'cancelling',
  cancel_asked: 'cancelling',
} as const satisfies Partial<Record<JobFact, JobStatus>>;

const table: Record<JobStatus, Partial<Record<JobFact, JobStatus>>> = {
  draft: { submitted: 'queued' },
  queued: { claimed: 'preparing', withdrawn: 'cancelled', refused: 'failed' },
  preparing: { prepared: 'launching', withdrawn: 'cancelled', refused: 'failed' },
  launching: {
    accepted: 'running',
    refused: 'failed',
    launch_unknown: 'unknown',
    withdrawn: 'cancelled',
    cancel_asked: 'cancelling',
  },
  unknown: { accepted: 'running', refused: 'failed', launch_allowed: 'launching', cancel_asked: 'cancelling' },
  running: { ...live, paused: 'paused' },
  paused: { ...live, working: 'running' },
  // "Running" after a cancel request only means that the provider has not got round to it: the request stands.
  cancelling: {
    succeeded: 'succeeded',
    failed: 'failed',
    cancelled: 'cancelled',
    refused: 'cancelled',
    withdrawn: 'cancelled',
  },
  succeeded: ended,
  failed: ended,
  cancelled: ended,
};

/** The status that follows, or null when the fact changes nothing here: late, repeated and impossible news are all one. */
export const nextStatus = (current: JobStatus, fact: JobFact): JobStatus | null => table[current][fact] ?? null;

const terminal: ReadonlySet<string> = new Set<JobStatus>(['succeeded', 'failed', 'cancelled']);
export const isEnded = (status: string): boolean => terminal.has(status);

/** What a provider's own state says to us. `unknown` is never an end: a word we do not know must not look like one. */
export function factOf(
  state:
    | 'validating'
    | 'queued'
    | 'running'
    | 'finalizing'
    | 'paused'
    | 'cancelling'
    | 'succeeded'
    | 'failed'
    | 'cancelled'
    | 'expired'
    | 'unknown',
): JobFact {
  switch (state) {
    case 'validating':
    case 'queued':
    case 'running':
    case 'finalizing':
    case 'unknown':
      return 'working';
    case 'paused':
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return state;
    case 'cancelling':
      return 'stopping';
    case 'expired':
      return 'failed';
  }
}

/** Two looks this far apart found nothing: then the create call that got lost had no effect. Milliseconds. */
const LOOK_FOR_MS = 20_000;
/** A create call of another process may still be on its way for so long. Longer than any adapter waits for an answer. */
const IN_FLIGHT_MS = 90_000;
/** While nobody can look (provider down) a job waits so long, then a person is told. */
const GIVE_UP_LOOKING_MS = 15 * 60_000;

export type LaunchMove =
  | { do: 'look_again'; waitMs: number }
  | { do: 'ask_person' }
  /** Nothing came of the earlier attempt, and another costs nothing. */
  | { do: 'create_anew' };

/**
 * What a launch may do next, when an attempt without a known outcome was made and a look at the provider did not find it.
 *
 * @param attempt the newest attempt
 * @param reliable the provider filters by our tag and costs nothing: there an empty look is enough to send again
 */
export function launchMove(
  attempt: { outcome: string; intendedAt: Date; settledAt: Date | null },
  options: { now: Date; reliable: boolean; looked: boolean },
): LaunchMove {
  const since = options.now.getTime() - (attempt.settledAt ?? attempt.intendedAt).getTime();
  const patience = attempt.outcome === 'intended' ? IN_FLIGHT_MS : LOOK_FOR_MS;
  const limit = options.looked ? patience : GIVE_UP_LOOKING_MS;
  if (since < limit) return { do: 'look_again', waitMs: Math.min(15_000, Math.max(1000, Math.ceil(since / 2))) };
  return options.looked && options.reliable ? { do: 'create_anew' } : { do: 'ask_person' };
}
