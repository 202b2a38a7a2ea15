import { ulid } from 'ulid';
import { z } from 'zod';
import type { IncomingEvent } from './event.intake';
import { eventIdFromSeed } from './ids';
import { sentEventSchema } from './protocol';

const json = (status: number, body: object) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/**
 * What the SDK posts to `/e/<key>`: one event or a list.
 *
 * @returns the events with their ids, or the text of what is wrong with them
 */
export function readEvents(text: string, seed: string | null, now: number): IncomingEvent[] | string {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return 'The body is not JSON.';
  }
  const sent = sentEventSchema.array().safeParse(Array.isArray(body) ? body : [body]);
  if (!sent.success) return z.prettifyError(sent.error);
  return sent.data.map((event, index) => {
    const rowId = eventIdFromSeed(seed, index) ?? ulid(now);
    return {
      rowId,
      customId: Boolean(event.id),
      event: {
        id: event.id || rowId,
        name: event.name,
        data: event.data ?? {},
        ts: event.ts ?? now,
        ...(event.user === undefined || event.user === null ? {} : { user: event.user }),
        ...(event.v === undefined || event.v === null ? {} : { v: event.v }),
      },
    };
  });
}

/** 503 makes the SDK send again with the same ids; 400 does not. */
export const eventAnswer = {
  accepted: (events: IncomingEvent[]) => json(200, { ids: events.map((item) => item.event.id), status: 200 }),
  refused: (why: string) => json(400, { error: why, status: 400 }),
  unavailable: (why: string) => json(503, { error: why, status: 503 }),
  unknown: (path: string) => json(404, { error: `The embedded executor has no ${path}`, status: 404 }),
  registered: () => json(200, { ok: true, modified: false }),
};
