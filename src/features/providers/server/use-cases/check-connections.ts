import type { AccessReport } from '@/integrations/training/training-port';
import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/app-error';
import { toListed } from '../../base-model.rules';
import { healthAfterCheck } from '../../health.rules';
import { connectionNotFound } from '../../provider.errors';
import type { ConnectionHealth, ConnectionSummary } from '../../provider.schema';
import type { ProviderDeps } from '../provider.service';
import { getConnection } from './list-connections';
import { openRow, type StoredConnection } from './open-connection';

type Deps = ProviderDeps;

/** A little less than the five minutes of the schedule, or every other round would find nothing due. */
const CHECK_EVERY_MS = 4.5 * 60_000;
const AT_ONCE = 8;
const MOST_PER_ROUND = 200;
const MOST_MODELS = 500;

/** Asks the provider now, also whether it takes jobs, and stores what it said. */
export const checkConnection =
  (deps: Deps) =>
  async (actor: Actor, id: string): Promise<ConnectionSummary> => {
    actor.require('providers:manage');
    await checkNow(deps, actor.workspaceId, id);
    return getConnection(deps)(actor, id);
  };

export async function checkNow(deps: Deps, workspaceId: string, id: string): Promise<void> {
  const row = await deps.repo.find(workspaceId, id);
  if (!row) throw connectionNotFound();
  await checkRow(deps, row, true);
}

/** Every connection whose last check is too long ago. One that fails does not keep the others waiting. */
export const checkDue = (deps: Deps) => async (): Promise<{ checked: number }> => {
  const before = new Date(deps.clock.now().getTime() - CHECK_EVERY_MS);
  const due = await deps.repo.findDue(before, MOST_PER_ROUND);
  const waiting = due.values();
  const worker = async () => {
    // A healthy one is only greeted; a closed one is asked again by a person, not every five minutes.
    for (const row of waiting) await checkRow(deps, row, row.health !== 'healthy' && row.health !== 'closed');
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { checked: due.length };
};

async function checkRow(
  deps: Deps,
  row: StoredConnection & { health: string; healthMessage: string | null },
  probe: boolean,
): Promise<void> {
  const report = await ask(deps, row, probe);
  const before = row.health as ConnectionHealth;
  const health = healthAfterCheck(report, before);
  const stays = health === 'closed' && before === 'closed' && report.mayCreate === 'unknown';
  await deps.repo.saveCheck(row.workspaceId, row.id, {
    health,
    healthMessage: stays ? row.healthMessage : report.message,
    lastCheckedAt: deps.clock.now(),
    capabilities: deps.training.get(row.kind).caps,
    baseModels: report.baseModels?.slice(0, MOST_MODELS).map(toListed) ?? null,
  });
}

async function ask(deps: Deps, row: StoredConnection, probe: boolean): Promise<AccessReport> {
  try {
    return await openRow(deps, row).training.checkAccess({ probe });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ok: false, mayCreate: 'unknown', reason: error.reason, message: error.message, baseModels: null };
  }
}
