import type { QueryClient } from '@tanstack/react-query';
import { PageTrail } from './page-trail';

/** Where somebody was in a list: the way there, and how far it was scrolled. */
export interface PreviewPlace {
  trail: PageTrail;
  /** Index of the first row in sight. */
  top: number;
}

const KEPT = 20;
// By client, because a module lives for all users of a server.
const places = new WeakMap<QueryClient, Map<string, PreviewPlace>>();

/** The place in one list, the same one when the list is shown again; the lists looked at longest ago are forgotten. */
export function placeOf(client: QueryClient, list: string): PreviewPlace {
  const known = places.get(client) ?? new Map<string, PreviewPlace>();
  places.set(client, known);
  const place = known.get(list) ?? { trail: new PageTrail(), top: 0 };
  known.delete(list);
  known.set(list, place);
  for (const oldest of known.keys()) {
    if (known.size <= KEPT) break;
    known.delete(oldest);
  }
  return place;
}
