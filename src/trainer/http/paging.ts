import { z } from 'zod';
import { badRequest, parseRequest } from './api-error';

/** One page of a list, newest first, in OpenAI's shape. `after` is the id of the last item of the page before. */
export function page<T extends { id: string }>(items: readonly T[], after: string | undefined, limit: number) {
  const start = after === undefined ? 0 : items.findIndex((item) => item.id === after) + 1;
  if (after !== undefined && start === 0) throw badRequest(`No item "${after}" to continue after.`, 'after');
  const data = items.slice(start, start + limit);
  return { object: 'list' as const, data, has_more: start + limit < items.length };
}

/** Reads `after` and `limit` of a list request. */
export function pageQuery(query: Record<string, string>, fallback: number, most: number) {
  const schema = z.object({
    after: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(most).default(fallback),
  });
  return parseRequest(schema, query);
}
