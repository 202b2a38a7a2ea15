import { FakeError } from './errors';

/** One page of a list that is newest first, as OpenAI pages. */
export function pageOf<T extends { id: string }>(items: readonly T[], query: Record<string, string>, fallback: number) {
  const limit = Number(query.limit ?? fallback);
  if (!Number.isInteger(limit) || limit < 1) throw new FakeError(400, `Invalid limit: ${query.limit}`, 'limit');
  const { after } = query;
  const start = after === undefined ? 0 : items.findIndex(({ id }) => id === after) + 1;
  const data = items.slice(start, start + limit);
  return { object: 'list' as const, data, has_more: start + limit < items.length };
}
