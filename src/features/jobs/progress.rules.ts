import type { MetricPoint } from './job.schema';

/** Pace is taken from the newest steps only: the first ones include waiting and compiling. */
export const PACE_STEPS = 30;

/**
 * Milliseconds until the end at the present pace.
 * @param recent steps with the provider's time, in any order
 * @returns null while there is no pace yet or the end is not known; 0 when the last step is done
 */
export function remainingMs(
  recent: readonly { step: number; time: Date }[],
  totalSteps: number | null,
  lastStep: number,
): number | null {
  if (totalSteps === null) return null;
  if (lastStep >= totalSteps) return 0;
  const sorted = recent.toSorted((a, b) => a.step - b.step);
  const from = sorted.at(0);
  const to = sorted.at(-1);
  if (!from || !to || to.step - from.step < 2) return null;
  const perStep = (to.time.getTime() - from.time.getTime()) / (to.step - from.step);
  return Math.round(perStep * (totalSteps - lastStep));
}

const figures = ['trainLoss', 'validLoss'] as const;

/**
 * At most `max` points for a chart, sorted by step: first and last, every point of the full validation loss, and the lowest
 * and highest of each figure per bucket, so that no peak disappears.
 */
export function thinMetrics(points: readonly MetricPoint[], max: number): MetricPoint[] {
  if (points.length <= max) return [...points];
  const keep = new Set<number>([0, points.length - 1]);
  const rare = points.flatMap((point, index) => (point.fullValidLoss === null ? [] : [index]));
  for (const index of rare.slice(-Math.floor(max / 4))) keep.add(index);
  const drawn = figures.filter((figure) => points.some((point) => point[figure] !== null));
  const buckets = Math.max(1, Math.floor((max - keep.size) / (2 * Math.max(1, drawn.length))));
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor((bucket * points.length) / buckets);
    const end = Math.floor(((bucket + 1) * points.length) / buckets);
    for (const figure of drawn) for (const index of extremes(points, figure, start, end)) keep.add(index);
  }
  return [...keep].sort((a, b) => a - b).flatMap((index) => points[index] ?? []);
}

function extremes(points: readonly MetricPoint[], figure: (typeof figures)[number], start: number, end: number) {
  let low = -1;
  let high = -1;
  for (let index = start; index < end; index++) {
    const value = points[index]?.[figure];
    if (value === null || value === undefined) continue;
    if (low < 0 || value < (points[low]?.[figure] ?? 0)) low = index;
    if (high < 0 || value > (points[high]?.[figure] ?? 0)) high = index;
  }
  return low < 0 ? [] : [low, high];
}

const STALL_AT_LEAST_MS = 10 * 60_000;
const STALL_BEFORE_FIRST_STEP_MS = 60 * 60_000;

/**
 * Whether a running job has been silent for longer than its own pace explains.
 * @param stepMs its usual time per step, null before there is one; waiting for a first step may take an hour
 */
export function isStalled(progressAt: Date, now: Date, stepMs: number | null): boolean {
  const silence = now.getTime() - progressAt.getTime();
  return silence > (stepMs === null ? STALL_BEFORE_FIRST_STEP_MS : Math.max(STALL_AT_LEAST_MS, 30 * stepMs));
}

export const WATCHED_POLL_MS = 700;

/** When to read a job's own events again: quickly while somebody looks, else 15 s, slower with age. */
export function pollEveryMs(job: { watched: boolean; ageMs: number; failures?: number }): number {
  const calm = job.ageMs < 10 * 60_000 ? 15_000 : job.ageMs < 2 * 3600_000 ? 30_000 : 60_000;
  const base = job.watched ? WATCHED_POLL_MS : calm;
  return job.failures ? Math.max(base, Math.min(60_000, 2000 * 2 ** Math.min(job.failures, 5))) : base;
}

/**
 * Tokens that the provider has trained so far, as well as it can be told: its own count, else the share of steps done.
 * @param expectedTokens tokens of the whole run by the estimate
 */
export function tokensSoFar(job: {
  trainedTokens: number | null;
  lastStep: number;
  totalSteps: number | null;
  expectedTokens: number | null;
}): number | null {
  if (job.trainedTokens !== null) return job.trainedTokens;
  if (job.lastStep === 0) return 0;
  if (job.totalSteps === null || job.totalSteps === 0 || job.expectedTokens === null) return null;
  return Math.ceil((job.expectedTokens * Math.min(job.lastStep, job.totalSteps)) / job.totalSteps);
}
