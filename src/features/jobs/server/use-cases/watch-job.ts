import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/app-error';
import { liveWakeups, notifyLive } from '@/platform/live/live-bus';
import { logger } from '@/platform/logger/logger';
import { jobNotFound } from '../../job.errors';
import { isEnded } from '../../job.rules';
import { type JobEvent, type JobUpdate, type MetricPoint, metricPoint } from '../../job.schema';
import { POLL_TOPIC } from '../job.events';
import { jobTopic } from '../job.repository';
import type { JobDeps } from '../job.service';

const BATCH = 500;
/** How long a job counts as watched after its viewer's last sign of life. */
const WATCH_MS = 20_000;
const REFRESH_MS = 8_000;

type Deps = Pick<JobDeps, 'repo' | 'queries' | 'streams' | 'clock'>;

/**
 * Yields what is true of a job now, then every change with all events since the message before, until the signal.
 * Attaches first, then reads after the cursor; the number of the last event in a message is where a reader resumes, so
 * nothing is lost or repeated, whatever restarts. A database that is away for a while is waited for.
 *
 * @throws not_found before the first message, or when the job is deleted
 */
export const watchJob = (deps: Deps) =>
  async function* (actor: Actor, id: string, afterSeq: number, signal: AbortSignal): AsyncGenerator<JobUpdate> {
    actor.require('jobs:read');
    const reader = makeReader(deps, actor, id, afterSeq);
    for await (const _wake of liveWakeups([jobTopic(id)], signal)) {
      for (;;) {
        const update = await reader().catch((error: unknown) => {
          if (error instanceof AppError) throw error;
          logger.warn({ jobId: id, err: String(error) }, 'a monitor cannot read its job, trying again');
          return null;
        });
        if (!update) break;
        yield update.message;
        if (!update.more) break;
      }
    }
  };

function makeReader({ repo, queries, streams, clock }: Deps, actor: Actor, id: string, afterSeq: number) {
  let cursor = afterSeq;
  let shown = '';
  let refreshAt = 0;
  return async (): Promise<{ message: JobUpdate; more: boolean } | null> => {
    const job = await queries.get(actor.workspaceId, id);
    if (!job) throw jobNotFound();
    const now = clock.now();
    if (!isEnded(job.status) && now.getTime() >= refreshAt) {
      await repo.change(undefined, id, {
        watchedUntil: new Date(now.getTime() + WATCH_MS),
        ...(refreshAt === 0 && { nextPollAt: now }),
      });
      if (refreshAt === 0) await notifyLive(undefined, POLL_TOPIC);
      refreshAt = now.getTime() + REFRESH_MS;
    }
    // Only up to the number the job was read with: its row and its events are then of one moment.
    const events = await streams.between(id, cursor, job.lastEventSeq, BATCH);
    const last = events.at(-1)?.seq ?? Math.max(cursor, job.lastEventSeq);
    const state = fingerprint(job);
    if (events.length === 0 && state === shown) return null;
    shown = state;
    cursor = last;
    const message = {
      job: { ...job, lastEventSeq: last },
      events,
      metrics: events.flatMap(pointOf),
      sentAt: clock.now(),
    };
    return { message, more: last < job.lastEventSeq };
  };
}

const fingerprint = ({ sentAt: _, ...job }: Record<string, unknown> & { sentAt?: unknown }): string =>
  JSON.stringify(job, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

function pointOf(event: JobEvent): MetricPoint[] {
  if (event.type !== 'metric' || !event.data) return [];
  const point = metricPoint.safeParse({ ...event.data, providerTime: event.providerTime });
  return point.success ? [point.data] : [];
}
