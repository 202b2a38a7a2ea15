import { z } from 'zod';
import { AppError } from './app-error';

/** Lists are paged by key, never by offset: page 1000 costs what page 1 costs, and nothing is skipped or repeated. */
export const pageInput = z.object({
  cursor: z.string().max(500).nullish(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export type PageInput = z.infer<typeof pageInput>;

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/**
 * The sort values of a page's last row, as an opaque string. Without Node's Buffer: forms read the shapes above, and a
 * browser would load a replacement of 7 kB with them.
 */
export function encodeCursor(values: readonly (string | number | bigint)[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(values.map(String)));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/**
 * The values given to encodeCursor as strings; null for no cursor.
 * @throws invalid_input `input.unknown_cursor` for anything we did not write: the first page in its place would make whoever
 *   follows pages begin anew without an end
 */
export function decodeCursor(cursor: string | null | undefined): string[] | null {
  if (!cursor) return null;
  const parsed = z.array(z.string()).safeParse(jsonOf(cursor));
  if (parsed.success) return parsed.data;
  throw unknownCursor();
}

/** Also for a cursor of another list, or of the same in another order. */
export const unknownCursor = (): AppError =>
  new AppError({
    kind: 'invalid_input',
    reason: 'input.unknown_cursor',
    message:
      'No list gave out this cursor. Pass the nextCursor of the page before exactly as it came, or leave it out to begin with the first page.',
  });

function jsonOf(cursor: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** Cuts `limit + 1` fetched rows to a page: the extra row only proves that there is more. */
export function toPage<T>(rows: T[], limit: number, keyOf: (row: T) => readonly (string | number | bigint)[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}
