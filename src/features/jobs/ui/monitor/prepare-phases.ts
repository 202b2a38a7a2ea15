import { isEnded } from '../../job.rules';
import type { JobDetail } from '../../job.schema';

export interface Phase {
  name: string;
  /** Null = not reached yet. */
  since: Date | null;
  /** Null while it lasts. */
  until: Date | null;
  state: 'done' | 'now' | 'ahead';
}

const NAMES = {
  queuedAt: 'queued',
  preparingAt: 'preparing',
  launchingAt: 'launching',
  runningAt: 'training',
} as const;
const ORDER = ['queuedAt', 'preparingAt', 'launchingAt', 'runningAt'] as const;

/** Where a job has been and for how long. A phase that was skipped is left out; what never came to pass is not ahead of an ended job. */
export function preparePhases({ phases, status }: Pick<JobDetail, 'phases' | 'status'>): Phase[] {
  const last = ORDER.findLastIndex((key) => phases[key] !== null);
  const ended = isEnded(status);
  return ORDER.flatMap((key, place): Phase[] => {
    const since = phases[key];
    if (since === null) {
      return !ended && last < place ? [{ name: NAMES[key], since: null, until: null, state: 'ahead' }] : [];
    }
    const next = ORDER.slice(place + 1).find((one) => phases[one] !== null);
    const until = next === undefined ? (ended ? phases.endedAt : null) : phases[next];
    return [{ name: NAMES[key], since, until, state: until === null && !ended ? 'now' : 'done' }];
  });
}

/** 0..1 of the steps; null while their number is unknown. */
export function progressOf({ status, lastStep, totalSteps }: Pick<JobDetail, 'status' | 'lastStep' | 'totalSteps'>) {
  if (status === 'succeeded') return 1;
  if (totalSteps === null || totalSteps === 0) return null;
  return Math.min(1, lastStep / totalSteps);
}
