import { decodeCursor, type Page, toPage } from '@/lib/keyset';
import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import type {
  AgentAnalytics,
  ConversationDetail,
  ConversationFilter,
  ConversationListInput,
  ConversationSummary,
} from '../conversation.schema';

const BATCH = 500;

export interface ConversationForTraining {
  id: string;
  systemPrompt: string;
  messages: { role: string; content: string; raw: unknown }[];
}

const select = Prisma.sql`
  SELECT c.id, c.agent_id AS "agentId", r.number AS release, c.source, c.status, c.error,
    left(coalesce((SELECT content FROM messages m WHERE m.conversation_id = c.id AND m.role = 'user' ORDER BY seq LIMIT 1), ''), 300) AS "firstUserText",
    left(coalesce((SELECT content FROM messages m WHERE m.conversation_id = c.id AND m.role = 'assistant' ORDER BY seq DESC LIMIT 1), ''), 300) AS "lastAnswer",
    c.tokens_in AS "tokensIn", c.tokens_out AS "tokensOut", c.cost_nano_usd AS cost, c.latency_ms AS "latencyMs",
    c.rating, c.created_at AS "createdAt"
  FROM conversations c JOIN agent_releases r ON r.id = c.release_id`;

function where(workspaceId: string, filter: ConversationFilter, before?: string): Prisma.Sql {
  const like = filter.search && `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`;
  const ratings = {
    up: Prisma.sql`c.rating = 1`,
    down: Prisma.sql`c.rating = -1`,
    rated: Prisma.sql`c.rating IS NOT NULL`,
  };
  const parts = [
    Prisma.sql`c.workspace_id = ${workspaceId}::uuid AND c.agent_id = ${filter.agentId}::uuid`,
    ...(before ? [Prisma.sql`c.id < ${before}::uuid`] : []),
    ...(filter.rating === 'any' ? [] : [ratings[filter.rating]]),
    ...(filter.status ? [Prisma.sql`c.status = ${filter.status}`] : []),
    ...(like
      ? [Prisma.sql`EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.content ILIKE ${like})`]
      : []),
  ];
  return Prisma.join(parts, ' AND ');
}

export const conversationQueries = {
  /** Index: conversations(workspace_id, agent_id, id desc). */
  list: async (workspaceId: string, input: ConversationListInput): Promise<Page<ConversationSummary>> => {
    const [before] = decodeCursor(input.cursor) ?? [];
    const rows = await database().$queryRaw<ConversationSummary[]>`
      ${select} WHERE ${where(workspaceId, input, before)} ORDER BY c.id DESC LIMIT ${input.limit + 1}`;
    return toPage(rows, input.limit, (row) => [row.id]);
  },

  get: async (workspaceId: string, id: string): Promise<ConversationDetail | null> => {
    const [row] = await database().$queryRaw<ConversationSummary[]>`
      ${select} WHERE c.workspace_id = ${workspaceId}::uuid AND c.id = ${id}::uuid`;
    if (!row) return null;
    const messages = await database().message.findMany({
      where: { conversationId: id },
      orderBy: { seq: 'asc' },
      select: { seq: true, role: true, content: true },
    });
    return { ...row, messages };
  },

  /** Oldest first, in batches, so that any number of conversations costs flat memory. */
  forTraining: async function* (
    workspaceId: string,
    filter: ConversationFilter,
    ids: readonly string[] | undefined,
  ): AsyncGenerator<ConversationForTraining> {
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const rows = await database().$queryRaw<ConversationForTraining[]>`
        SELECT c.id, r.system_prompt AS "systemPrompt",
          (SELECT json_agg(json_build_object('role', m.role, 'content', m.content, 'raw', m.raw) ORDER BY m.seq)
           FROM messages m WHERE m.conversation_id = c.id) AS messages
        FROM conversations c JOIN agent_releases r ON r.id = c.release_id
        WHERE EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id) AND ${where(workspaceId, filter)} AND c.status = 'ok' AND c.id > ${after}::uuid ${chosen(ids)}
        ORDER BY c.id LIMIT ${BATCH}`;
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < BATCH) return;
      after = last.id;
    }
  },

  analytics: async (workspaceId: string, agentId: string, days: number): Promise<AgentAnalytics> => {
    const since = new Date(Date.now() - days * 24 * 3600 * 1000);
    const rows = await database().$queryRaw<(AnalyticsRow & { release: number | null; modelLabel: string | null })[]>`
      SELECT r.number AS release, r.model_label AS "modelLabel", count(*)::int AS calls,
        count(*) FILTER (WHERE c.status = 'error')::int AS errors,
        coalesce(sum(c.tokens_in), 0)::float8 AS "tokensIn", coalesce(sum(c.tokens_out), 0)::float8 AS "tokensOut", sum(c.cost_nano_usd)::bigint AS cost,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY c.latency_ms) AS "latencyP50Ms",
        percentile_cont(0.95) WITHIN GROUP (ORDER BY c.latency_ms) AS "latencyP95Ms",
        count(*) FILTER (WHERE c.rating = 1)::int AS "ratingsUp", count(*) FILTER (WHERE c.rating = -1)::int AS "ratingsDown"
      FROM conversations c JOIN agent_releases r ON r.id = c.release_id
      WHERE c.workspace_id = ${workspaceId}::uuid AND c.agent_id = ${agentId}::uuid AND c.created_at >= ${since}
      GROUP BY GROUPING SETS ((r.number, r.model_label), ())
      ORDER BY r.number DESC NULLS LAST`;
    const total = rows.find((row) => row.release === null);
    const byRelease = rows.flatMap((row) =>
      row.release === null ? [] : [{ ...row, release: row.release, modelLabel: row.modelLabel ?? '' }],
    );
    return { ...emptyAnalytics, ...total, days, byRelease };
  },
};

export type ConversationQueries = typeof conversationQueries;

type AnalyticsRow = Omit<AgentAnalytics, 'days' | 'byRelease'>;

const emptyAnalytics: AnalyticsRow = {
  calls: 0,
  errors: 0,
  tokensIn: 0,
  tokensOut: 0,
  cost: null,
  latencyP50Ms: null,
  latencyP95Ms: null,
  ratingsUp: 0,
  ratingsDown: 0,
};

const chosen = (ids: readonly string[] | undefined): Prisma.Sql =>
  ids ? Prisma.sql`AND c.id = ANY(${[...ids]}::uuid[])` : Prisma.empty;
