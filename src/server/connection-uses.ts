import 'server-only';
import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';

export interface ConnectionUses {
  jobs: number;
  models: number;
  releases: number;
}

/** What would lose its explanation, or its way to be called, with a connection. Here, because it looks across slices. */
export async function connectionUses(tx: Tx, workspaceId: string, connectionId: string): Promise<ConnectionUses> {
  const where = { workspaceId, connectionId };
  const [jobs, models, releases] = [
    await database(tx).fineTuningJob.count({ where }),
    await database(tx).fineTunedModel.count({ where: { ...where, deletedAt: null } }),
    await database(tx).agentRelease.count({ where: { ...where, agent: { deletedAt: null } } }),
  ];
  return { jobs, models, releases };
}
