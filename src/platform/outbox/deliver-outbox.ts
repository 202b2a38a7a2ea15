import { database, inTransaction } from '@/platform/db/database';
import { inngest } from '@/platform/inngest/client';
import { liveWakeups } from '@/platform/live/live-bus';
import { logger } from '@/platform/logger/logger';
import { OUTBOX_TOPIC } from './outbox';

const BATCH = 50;
const CLAIM_MS = 30_000;
const KEEP_DELIVERED_MS = 7 * 24 * 3600 * 1000;

interface ClaimedEvent {
  id: string;
  name: string;
  data: Record<string, unknown>;
  attempts: number;
}

/** Takes due events for this process by moving their next try ahead; a process that dies gives them back by time. */
function claim(now: Date): Promise<ClaimedEvent[]> {
  const until = new Date(now.getTime() + CLAIM_MS);
  return inTransaction(
    (tx) => database(tx).$queryRaw<ClaimedEvent[]>`
      UPDATE outbox SET next_try_at = ${until}, attempts = attempts + 1
      WHERE id IN (
        SELECT id FROM outbox WHERE delivered_at IS NULL AND next_try_at <= ${now}
        ORDER BY created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
      )
      RETURNING id, name, data, attempts`,
  );
}

/** Hands every due event to the durable engine. Returns how many were accepted. */
export async function deliverOutbox(now: Date): Promise<number> {
  const events = await claim(now);
  if (events.length === 0) return 0;
  const ids = events.map((event) => event.id);
  try {
    await inngest().send(events.map(({ id, name, data }) => ({ id, name, data })));
    await database().outboxEvent.updateMany({ where: { id: { in: ids } }, data: { deliveredAt: new Date() } });
    return events.length;
  } catch (error) {
    const attempts = Math.max(...events.map((event) => event.attempts));
    const waitMs = Math.min(60_000, 1000 * 2 ** Math.min(attempts, 6));
    await database().outboxEvent.updateMany({
      where: { id: { in: ids } },
      data: { nextTryAt: new Date(now.getTime() + waitMs), lastError: String(error).slice(0, 500) },
    });
    logger.warn({ err: String(error), events: ids.length, waitMs }, 'durable engine did not take events, trying again');
    return 0;
  }
}

/** Runs until the signal: delivers on every wake-up, and every few seconds without one. */
export async function runOutbox(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const _wake of liveWakeups([OUTBOX_TOPIC], signal)) {
        while ((await deliverOutbox(new Date())) === BATCH);
      }
    } catch (error) {
      if (signal.aborted) return;
      logger.warn({ err: String(error) }, 'outbox: database not reachable, trying again');
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

export async function pruneOutbox(now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEEP_DELIVERED_MS);
  const { count } = await database().outboxEvent.deleteMany({ where: { deliveredAt: { lt: before } } });
  return count;
}

/** How much waits for the durable engine, and since when: of one workspace, or of all. */
export async function outboxState(
  workspaceId: string | null = null,
): Promise<{ waiting: number; oldest: Date | null; lastError: string | null }> {
  const [row] = await database().$queryRaw<{ waiting: number; oldest: Date | null; lastError: string | null }[]>`
    SELECT count(*)::int AS waiting, min(created_at) AS oldest, max(last_error) AS "lastError"
    FROM outbox WHERE delivered_at IS NULL AND (${workspaceId}::text IS NULL OR data->>'workspaceId' = ${workspaceId})`;
  return row ?? { waiting: 0, oldest: null, lastError: null };
}
