import { z } from 'zod';
import { database } from '@/platform/db/database';
import { listedModel } from '../base-model.rules';
import { connectionHealths, connectionKindSchema } from '../provider.schema';

const MOST = 200;

// The secret is not among these columns: what is not read cannot be shown by mistake.
const select = {
  id: true,
  workspaceId: true,
  kind: true,
  label: true,
  baseUrl: true,
  secretHint: true,
  health: true,
  healthMessage: true,
  lastCheckedAt: true,
  baseModels: true,
  createdAt: true,
} as const;

const row = z.object({
  id: z.string(),
  workspaceId: z.string(),
  kind: connectionKindSchema,
  label: z.string(),
  baseUrl: z.string().nullable(),
  secretHint: z.string().nullable(),
  health: z.enum(connectionHealths),
  healthMessage: z.string().nullable(),
  lastCheckedAt: z.date().nullable(),
  baseModels: z.array(listedModel),
  createdAt: z.date(),
});

export type ConnectionRow = z.infer<typeof row>;

export const providerQueries = {
  /** Oldest first, so the built-in trainer leads. Index: provider_connections(workspace_id, created_at). */
  list: async (workspaceId: string): Promise<ConnectionRow[]> => {
    const rows = await database().providerConnection.findMany({
      where: { workspaceId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: MOST,
      select,
    });
    return z.array(row).parse(rows);
  },

  get: async (workspaceId: string, id: string): Promise<ConnectionRow | null> => {
    const found = await database().providerConnection.findFirst({ where: { id, workspaceId }, select });
    return found && row.parse(found);
  },
};

export type ProviderQueries = typeof providerQueries;
