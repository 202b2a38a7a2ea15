import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';
import { notifyLive } from '@/platform/live/live-bus';

export const OUTBOX_TOPIC = 'outbox';

export interface OutboxMessage {
  /** Deterministic, with a generation: `job-<id>-start-<n>`. The durable engine starts one run per id. */
  id: string;
  name: string;
  /** Ids only, as JSON. */
  data: Record<string, unknown>;
}

/**
 * Writes an event in the transaction that makes it true. Delivery follows after the commit, at least once;
 * the same id written twice is one event.
 */
export async function addToOutbox(tx: Tx, message: OutboxMessage): Promise<void> {
  await database(tx).outboxEvent.createMany({
    data: [{ id: message.id, name: message.name, data: message.data as object }],
    skipDuplicates: true,
  });
  await notifyLive(tx, OUTBOX_TOPIC);
}
