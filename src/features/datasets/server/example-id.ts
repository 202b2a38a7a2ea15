/**
 * The id of a row is a UUID of version 8 (RFC 9562, 5.8): 48 bits are the row's ordinal, so that the primary key, which is
 * also the order of all lists, leads to a row of which only the id is known; the rest is a counter and chance, because the
 * same place has another row in each version that changed it. The import writes ids in import/copy-writer.ts, changes by
 * example_id() of the database. See docs/decisions/.
 */
const EXAMPLE_ID = /^([0-9a-f]{8})-([0-9a-f]{4})-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const NOWHERE = -1;

/** @returns the place of the row in its file, in bytes; -1, where no row is, for what is no id of a row */
export function ordinalOf(id: string): number {
  const [, high = '', low = ''] = EXAMPLE_ID.exec(id) ?? [];
  return high === '' ? NOWHERE : Number.parseInt(high + low, 16);
}
