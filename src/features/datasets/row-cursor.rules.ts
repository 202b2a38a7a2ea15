const PREFIX = 'row:';

/** Cursor of the page that begins with the row of this index, from 0. Only a list of all rows can be entered that way. */
export const rowCursor = (index: number): string => (index === 0 ? '' : `${PREFIX}${index}`);

/** The index that such a cursor names; null for any other one. */
export function rowOfCursor(cursor: string | null | undefined): number | null {
  const digits = cursor?.startsWith(PREFIX) ? cursor.slice(PREFIX.length) : '';
  return /^\d{1,10}$/.test(digits) ? Number(digits) : null;
}
