import { decodeCursor, type Page, toPage } from '@/lib/keyset';
import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import type { AgentDetail, AgentListInput, AgentSummary } from '../agent.schema';
import { toRelease } from './agent.repository';

const RELEASES_SHOWN = 100;

interface Row {
  id: string;
  slug: string;
  name: string;
  description: string | null;
  createdAt: Date;
  releaseNumber: number | null;
  modelLabel: string | null;
  modelId: string | null;
  conversations: number;
  lastConversationAt: Date | null;
}

export const agentQueries = {
  /** Indexes: agents(workspace_id, id desc), agent_releases_one_active, conversations(workspace_id, agent_id, id desc). */
  list: async (workspaceId: string, { cursor, limit, search }: AgentListInput): Promise<Page<AgentSummary>> => {
    const [before] = decodeCursor(cursor) ?? [];
    const like = search && `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    const rows = await database().$queryRaw<Row[]>`
      SELECT a.id, a.slug, a.name, a.description, a.created_at AS "createdAt", r.number AS "releaseNumber",
        r.model_label AS "modelLabel", r.model_id AS "modelId", c.count::int AS conversations, c.last AS "lastConversationAt"
      FROM agents a
      LEFT JOIN agent_releases r ON r.agent_id = a.id AND r.active
      LEFT JOIN LATERAL (
        SELECT count(*) AS count, max(created_at) AS last FROM conversations
        WHERE workspace_id = a.workspace_id AND agent_id = a.id
      ) c ON true
      WHERE a.workspace_id = ${workspaceId}::uuid AND a.deleted_at IS NULL
        ${before ? Prisma.sql`AND a.id < ${before}::uuid` : Prisma.empty}
        ${like ? Prisma.sql`AND (a.slug ILIKE ${like} OR a.name ILIKE ${like})` : Prisma.empty}
      ORDER BY a.id DESC LIMIT ${limit + 1}`;
    return toPage(rows.map(toSummary), limit, (row) => [row.id]);
  },

  get: async (workspaceId: string, idOrSlug: { id: string } | { slug: string }): Promise<AgentDetail | null> => {
    const agent = await database().agent.findFirst({
      where: { workspaceId, deletedAt: null, ...idOrSlug },
      include: { releases: { orderBy: { number: 'desc' }, take: RELEASES_SHOWN } },
    });
    if (!agent) return null;
    const releases = agent.releases.map(toRelease);
    const { id, slug, name, description, keepConversations, createdAt } = agent;
    const active = releases.find((release) => release.active) ?? null;
    return { id, slug, name, description, keepConversations, createdAt, releases, active };
  },

  /** Agents with an active release: what `GET /api/v1/models` lists. */
  answering: (workspaceId: string) =>
    database().agent.findMany({
      where: { workspaceId, deletedAt: null, releases: { some: { active: true } } },
      orderBy: { slug: 'asc' },
      take: 500,
      select: { slug: true, createdAt: true },
    }),

  /** Which agents have a release of a model. Index: agent_releases(model_id). */
  usesOfModel: async (
    workspaceId: string,
    modelId: string,
    tx?: Tx,
  ): Promise<{ id: string; slug: string; active: boolean }[]> => {
    const rows = await database(tx).$queryRaw<{ id: string; slug: string; active: boolean }[]>`
      SELECT a.id, a.slug, bool_or(r.active) AS active
      FROM agent_releases r JOIN agents a ON a.id = r.agent_id
      WHERE r.model_id = ${modelId}::uuid AND a.workspace_id = ${workspaceId}::uuid AND a.deleted_at IS NULL
      GROUP BY a.id, a.slug ORDER BY a.slug LIMIT 100`;
    return rows;
  },
};

export type AgentQueries = typeof agentQueries;

function toSummary({ releaseNumber, modelLabel, modelId, ...row }: Row): AgentSummary {
  const release = releaseNumber === null || modelLabel === null ? null : { number: releaseNumber, modelLabel, modelId };
  return { ...row, release };
}
