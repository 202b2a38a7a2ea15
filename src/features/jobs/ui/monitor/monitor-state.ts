import type { JobDetail, JobEvent, JobUpdate, MetricPoint } from '../../job.schema';

/** What the stream has told since the page was opened. Together with what was loaded it is the whole job. */
export interface MonitorState {
  job: JobDetail;
  /** By number, no metrics among them (those are points). */
  events: readonly JobEvent[];
  points: ReadonlyMap<number, MetricPoint>;
  /** Everything up to this number has been seen. */
  lastSeq: number;
  /** How often numbers were missing: then what was loaded has to be loaded again. */
  gaps: number;
  /** When the newest message came, on this browser's clock (ms); null before the first. */
  receivedAt: number | null;
  /** Newest step of the stream, with the time from the provider's clock to this screen. */
  newest: { step: number; providerTime: Date | null; delayMs: number | null } | null;
}

export const startMonitor = (job: JobDetail): MonitorState => ({
  job,
  events: [],
  points: new Map(),
  lastSeq: job.lastEventSeq,
  gaps: 0,
  receivedAt: null,
  newest: null,
});

/**
 * Folds one message of the stream into the state. A message that comes twice, or comes late after a reconnect, changes nothing
 * but the time of the last sign of life.
 *
 * @param at this browser's clock when the message came, ms
 */
export function foldUpdate(state: MonitorState, { update, at }: { update: JobUpdate; at: number }): MonitorState {
  const fresh = update.events.filter((event) => event.seq > state.lastSeq);
  const first = fresh[0];
  const missing = first !== undefined && first.seq > state.lastSeq + 1;
  const late = update.job.lastEventSeq < state.lastSeq;
  return {
    job: late ? state.job : update.job,
    events: mergeEvents(state.events, fresh),
    points: mergePoints(state.points, update.metrics),
    lastSeq: Math.max(state.lastSeq, update.job.lastEventSeq, fresh.at(-1)?.seq ?? 0),
    gaps: state.gaps + (missing ? 1 : 0),
    receivedAt: at,
    newest: newestOf(state.newest, update, at),
  };
}

function newestOf(before: MonitorState['newest'], { metrics }: JobUpdate, at: number): MonitorState['newest'] {
  const last = metrics.reduce<MetricPoint | null>((a, b) => (a && a.step > b.step ? a : b), null);
  if (!last || (before && last.step <= before.step)) return before;
  const { step, providerTime } = last;
  // The provider's clock may be ahead of ours: then the delay is too small to be told.
  const delayMs = providerTime ? Math.max(0, at - providerTime.getTime()) : null;
  return { step, providerTime, delayMs };
}

/** By number, each once; metrics are left out. */
export function mergeEvents(before: readonly JobEvent[], more: readonly JobEvent[]): readonly JobEvent[] {
  const known = new Set(before.map(({ seq }) => seq));
  const added = more.filter((event) => event.type !== 'metric' && !known.has(event.seq));
  return added.length === 0 ? before : [...before, ...added].sort((a, b) => a.seq - b.seq);
}

/** By step. A step may be told in parts (training loss now, full validation loss later): parts add up, nulls erase nothing. */
export function mergePoints(
  before: ReadonlyMap<number, MetricPoint>,
  more: readonly MetricPoint[],
): ReadonlyMap<number, MetricPoint> {
  if (more.length === 0) return before;
  const merged = new Map(before);
  for (const point of more) {
    const known = merged.get(point.step);
    const told = Object.fromEntries(Object.entries(point).filter(([, value]) => value !== null));
    merged.set(point.step, known ? { ...known, ...told } : point);
  }
  return merged;
}

export const byStep = (points: ReadonlyMap<number, MetricPoint>): MetricPoint[] =>
  [...points.values()].sort((a, b) => a.step - b.step);
