import { createHash } from 'node:crypto';
import type { ProviderEvent } from '../training-port';
import type { RawPage } from './client';
import { inOrder, toEvent } from './event-mapping';
import { fieldsOf, text } from './loose';

const PAGE = 100;
/** A bound on one read, far above any real job (50,000 events): a server that pages in circles must not hold us. */
const MAX_PAGES = 500;
/** So many of the newest events are recognised when they come again, so one that turns up late among them is not missed. */
const REMEMBERED = 40;
const MAX_MARKS = 300;
const MARK_LENGTH = 8;

interface Cursor {
  /** Unix seconds: what is older has been read completely. */
  floor: number;
  /** Marks of events at or after `floor` that were handed out. */
  marks: string[];
}

/** 48 bits of an id: keeps the cursor short. */
const markOf = (event: ProviderEvent): string =>
  createHash('sha256').update(event.id).digest('base64url').slice(0, MARK_LENGTH);

const encode = ({ floor, marks }: Cursor): string => `${floor}.${marks.join('')}`;

function decode(cursor: string | null): Cursor {
  const [, floor, marks] = /^(\d+)\.([\w-]*)$/.exec(cursor ?? '') ?? [];
  return { floor: Number(floor ?? 0), marks: marks?.match(new RegExp(`.{${MARK_LENGTH}}`, 'g')) ?? [] };
}

const seconds = (event: ProviderEvent): number => Math.floor(event.time.getTime() / 1000);

type ReadPage = (query: { limit: number; after?: string }) => Promise<RawPage>;

/**
 * New events since the cursor, oldest first, each once.
 *
 * OpenAI's list is newest first with second resolution; look-alikes were seen in both orders and with repeats. So pages
 * are read until one ends well below what was read before, and order and identity are made here.
 *
 * @param readPage one page, `after` = id of the last row of the page before
 */
export async function readEvents(
  cursorText: string | null,
  readPage: ReadPage,
): Promise<{ items: ProviderEvent[]; nextCursor: string }> {
  const cursor = decode(cursorText);
  const known = new Set(cursor.marks);
  const { found, complete } = await readBack(cursor.floor, readPage);
  const items = found.filter((event) => seconds(event) >= cursor.floor && !known.has(markOf(event)));
  // A read that did not get back to the floor may have left a hole: then the floor stays until one does.
  const newest = found.at(-REMEMBERED);
  const floor = complete && newest ? Math.max(cursor.floor, seconds(newest)) : cursor.floor;
  const current = found.filter((event) => seconds(event) >= floor).map(markOf);
  const marks = [...new Set([...current.reverse(), ...cursor.marks])];
  return { items, nextCursor: encode({ floor, marks: marks.slice(0, Math.max(MAX_MARKS, current.length)) }) };
}

/** Every event at or after the floor (and some before it) in order. `complete` = the list was read as far as that. */
async function readBack(floor: number, readPage: ReadPage): Promise<{ found: ProviderEvent[]; complete: boolean }> {
  const found = new Map<string, ProviderEvent>();
  let after: string | undefined;
  let stalled = false;
  let complete = false;
  for (let count = 0; count < MAX_PAGES; count++) {
    const page = await readPage({ limit: PAGE, ...(after === undefined ? {} : { after }) });
    const events = page.data.map(toEvent).filter((event) => event !== null);
    const before = found.size;
    for (const event of events) if (!found.has(event.id)) found.set(event.id, event);
    const last = text(fieldsOf(page.data.at(-1)).id);
    complete = !page.hasMore || last === null || isBelow(events, floor);
    if (complete) break;
    // A page that only repeats is asked for once more; a second time means that the server pages in circles.
    const repeats = found.size === before;
    if (repeats && stalled) break;
    stalled = repeats;
    if (!repeats) after = last ?? undefined;
  }
  return { found: inOrder([...found.values()]), complete };
}

/** The page runs from newer to older, and its older third has left what is still interesting. */
function isBelow(events: ProviderEvent[], floor: number): boolean {
  const start = events.at(0);
  const end = events.at(-1);
  if (!start || !end || seconds(start) <= seconds(end)) return false;
  return events.slice(-Math.ceil(events.length / 3)).every((event) => seconds(event) < floor);
}
