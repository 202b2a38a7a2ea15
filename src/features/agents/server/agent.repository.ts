import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';
import type { AgentParameters, ReleaseSummary } from '../agent.schema';
import { agentParameters } from '../agent.schema';

export interface NewRelease {
  workspaceId: string;
  agentId: string;
  modelId: string | null;
  connectionId: string;
  providerModelId: string;
  modelLabel: string;
  systemPrompt: string;
  parameters: AgentParameters;
  note: string | null;
  createdById: string | null;
  createdByLabel: string;
}

export const agentRepository = {
  findBySlug: (workspaceId: string, slug: string, tx?: Tx) =>
    database(tx).agent.findFirst({ where: { workspaceId, slug, deletedAt: null } }),

  find: (workspaceId: string, id: string, tx?: Tx) =>
    database(tx).agent.findFirst({ where: { workspaceId, id, deletedAt: null } }),

  /** Null when the slug is taken. Waits for a transaction that is about to take it, so two never both believe to have it. */
  insert: async (
    tx: Tx,
    agent: { workspaceId: string; slug: string; name: string; description: string | null },
  ): Promise<{ id: string; slug: string } | null> => {
    const [row] = await database(tx).agent.createManyAndReturn({ data: [agent], skipDuplicates: true });
    return row ?? null;
  },

  update: (
    workspaceId: string,
    id: string,
    change: { name?: string | undefined; description?: string | undefined; keepConversations?: boolean | undefined },
  ) =>
    database().agent.updateMany({
      where: { id, workspaceId, deletedAt: null },
      data: {
        ...(change.name !== undefined && { name: change.name }),
        ...(change.description !== undefined && { description: change.description }),
        ...(change.keepConversations !== undefined && { keepConversations: change.keepConversations }),
      },
    }),

  markDeleted: (tx: Tx, workspaceId: string, id: string, at: Date) =>
    database(tx).agent.updateMany({ where: { id, workspaceId, deletedAt: null }, data: { deletedAt: at } }),

  activeRelease: async (agentId: string, tx?: Tx): Promise<ReleaseSummary | null> => {
    const row = await database(tx).agentRelease.findFirst({ where: { agentId, active: true } });
    return row && toRelease(row);
  },

  findRelease: async (agentId: string, id: string, tx?: Tx): Promise<ReleaseSummary | null> => {
    const row = await database(tx).agentRelease.findFirst({ where: { id, agentId } });
    return row && toRelease(row);
  },

  /** The agent's row lock makes release numbers gapless and activation one at a time. */
  lock: async (tx: Tx, agentId: string): Promise<void> => {
    await database(tx).$queryRaw`SELECT id FROM agents WHERE id = ${agentId}::uuid FOR UPDATE`;
  },

  insertRelease: async (tx: Tx, release: NewRelease): Promise<ReleaseSummary> => {
    const newest = await database(tx).agentRelease.aggregate({
      where: { agentId: release.agentId },
      _max: { number: true },
    });
    const { parameters, ...rest } = release;
    const row = await database(tx).agentRelease.create({
      data: { ...rest, parameters: parameters as object, number: (newest._max.number ?? 0) + 1 },
    });
    return toRelease(row);
  },

  /** Off first, then on: the partial unique index refuses a moment with two. */
  activate: async (tx: Tx, agentId: string, releaseId: string, at: Date): Promise<void> => {
    await database(tx).agentRelease.updateMany({ where: { agentId, active: true }, data: { active: false } });
    await database(tx).agentRelease.update({ where: { id: releaseId }, data: { active: true, activatedAt: at } });
  },
};

export type AgentRepository = typeof agentRepository;

interface ReleaseRow {
  id: string;
  number: number;
  modelId: string | null;
  connectionId: string;
  providerModelId: string;
  modelLabel: string;
  systemPrompt: string;
  parameters: unknown;
  note: string | null;
  active: boolean;
  activatedAt: Date | null;
  createdByLabel: string | null;
  createdAt: Date;
}

export function toRelease(row: ReleaseRow): ReleaseSummary {
  const { id, number, systemPrompt, note, active, activatedAt, createdByLabel, createdAt } = row;
  const { modelId, connectionId, providerModelId, modelLabel: label } = row;
  return {
    ...{ id, number, systemPrompt, note, active, activatedAt, createdByLabel, createdAt },
    target: { modelId, connectionId, providerModelId, label },
    parameters: agentParameters.parse(row.parameters ?? {}),
  };
}
