import type { ProviderEvent } from '../training-port';
import type { RawPage } from './client';
import { toEvent } from './event-mapping';
import { fieldsOf, text } from './loose';

/** Events of the last seconds are read again and dropped by id: their times have whole seconds, so the newest may be incomplete. */
const OVERLAP_S = 3;
const PAGE = 100;
/** A bound on one read, far above any real job (50,000 events): a server that pages in circles must not hold us. */
const MAX_PAGES = 500;

interface Cursor {
  /** Unix seconds of the newest event seen. */
  at: number;
  /** Ids seen at `at` or in the overlap before it. */
  ids: string[];
}

const encode = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

function decode(text: string | null): Cursor {
  const start: Cursor = { at: 0, ids: [] };
  if (text === null) return start;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const { at, ids } = fieldsOf(parsed);
    return typeof at === 'number' && Array.isArray(ids) ? { at, ids: ids.map(String) } : start;
  } catch {
    return start;
  }
}

const seconds = (event: ProviderEvent): number => Math.floor(event.time.getTime() / 1000);

/**
 * New events since the cursor, oldest first, each once.
 *
 * OpenAI's list is newest first with second resolution; look-alikes were seen in both orders and with repeats. So pages are
 * read until one is wholly older than the cursor (only where the list really is newest first), and order and identity are
 * made here.
 *
 * @param readPage one page, `after` = id of the last row of the page before
 */
export async function readEvents(
  cursorText: string | null,
  readPage: (query: { limit: number; after?: string }) => Promise<RawPage>,
): Promise<{ items: ProviderEvent[]; nextCursor: string }> {
  const cursor = decode(cursorText);
  const known = new Set(cursor.ids);
  const floor = cursor.at - OVERLAP_S;
  const found = new Map<string, ProviderEvent>();
  let after: string | undefined;
  for (let count = 0; count < MAX_PAGES; count++) {
    const page = await readPage({ limit: PAGE, ...(after === undefined ? {} : { after }) });
    const events = page.data.map(toEvent).filter((event) => event !== null);
    const before = found.size;
    for (const event of events) if (!found.has(event.id)) found.set(event.id, event);
    const last = text(fieldsOf(page.data.at(-1)).id);
    const nothingNew = found.size === before;
    if (!page.hasMore || last === null || nothingNew || endsBefore(events, floor)) break;
    after = last;
  }
  const all = inOrder([...found.values()].reverse());
  const items = all.filter((event) => seconds(event) >= floor && !known.has(event.id));
  const at = Math.max(cursor.at, ...items.map(seconds));
  const ids = [...new Set([...all.filter((event) => seconds(event) >= at - OVERLAP_S).map((event) => event.id)])];
  return { items, nextCursor: encode({ at, ids }) };
}

/** The page runs from newer to older and has left what is still interesting. */
function endsBefore(events: ProviderEvent[], floor: number): boolean {
  const start = events.at(0);
  const end = events.at(-1);
  if (!start || !end || floor <= 0) return false;
  return seconds(start) >= seconds(end) && events.every((event) => seconds(event) < floor);
}

/** By time; within one second the provider's order stays, except that metrics are put in the order of their steps. */
function inOrder(events: ProviderEvent[]): ProviderEvent[] {
  const sorted = events.toSorted((a, b) => a.time.getTime() - b.time.getTime());
  const out = [...sorted];
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && sorted[end]?.time.getTime() === sorted[start]?.time.getTime()) end++;
    const places = [...sorted.keys()].slice(start, end).filter((index) => sorted[index]?.metrics);
    const bySteps = places
      .map((index) => sorted[index])
      .filter((event) => event !== undefined)
      .toSorted((a, b) => (a.metrics?.step ?? 0) - (b.metrics?.step ?? 0));
    places.forEach((place, index) => {
      const event = bySteps[index];
      if (event) out[place] = event;
    });
    start = end;
  }
  return out;
}
