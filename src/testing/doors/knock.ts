import { TRPCError } from '@trpc/server';
import type { Actor } from '@/lib/actor';
import { database } from '@/platform/db/database';
import { logger } from '@/platform/logger/logger';
import type { SessionUser } from '@/platform/trpc/context';
import { appRouter } from '@/server/app-router';
import { restHandler } from '@/server/rest-handler';
import { restRequest } from './route-table';

export type Answer =
  | { ok: true; data: unknown }
  | { ok: false; status: number; reason: string | null; message: string };

const statusOf: Record<string, number> = { UNAUTHORIZED: 401, FORBIDDEN: 403, NOT_FOUND: 404 };

/** Calls a procedure as the browser's session would; of a subscription it takes the first message. */
export async function call(
  path: string,
  input: unknown,
  who: { user: SessionUser; actor: Actor } | null,
): Promise<Answer> {
  const context = { user: who?.user ?? null, actor: who?.actor ?? null, requestId: 'test', log: logger };
  const stop = new AbortController();
  const caller = appRouter().createCaller(context, { signal: stop.signal });
  const [slice = '', name = ''] = path.split('.');
  try {
    const act = (caller as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[slice];
    const data = await act?.[name]?.(input);
    if (!isStream(data)) return { ok: true, data };
    const first = await data[Symbol.asyncIterator]().next();
    return { ok: true, data: first.value };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    const { reason = null } = (error.cause ?? {}) as { reason?: string };
    return { ok: false, status: statusOf[error.code] ?? 0, reason, message: error.message };
  } finally {
    stop.abort();
  }
}

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** Asks the REST door. */
export async function request(...args: Parameters<typeof restRequest>): Promise<Answer> {
  const response = await restHandler()(restRequest(...args));
  const text = await response.text();
  if (response.ok) return { ok: true, data: text };
  const { reason, detail } = JSON.parse(text) as { reason: string; detail: string };
  return { ok: false, status: response.status, reason, message: detail };
}

export const textOf = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? String(each) : each)) ?? '';

/** Every row of every table, so that a change anywhere shows. */
export async function everything(): Promise<Record<string, string>> {
  const tables = await database().$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%'`;
  const rows = tables.map(async ({ name }) => {
    const [row] = await database().$queryRawUnsafe<{ text: string }[]>(
      `SELECT coalesce(json_agg(t ORDER BY t::text), '[]')::text AS text FROM "${name}" t`,
    );
    return [name, row?.text ?? ''] as const;
  });
  return Object.fromEntries(await Promise.all(rows));
}
