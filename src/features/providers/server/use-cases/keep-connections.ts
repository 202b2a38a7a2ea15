import { isProviderFailure } from '@/integrations/provider-failure';
import { systemActor } from '@/lib/actor';
import { newId } from '@/lib/new-id';
import { healthAfterFailure, milderThan } from '../../health.rules';
import type { Connection, ProviderDeps } from '../provider.service';

const BUILTIN_LABEL = 'Built-in trainer';

/** The workspace's connection to the built-in trainer, made if it is not there. Safe to call at once from many places. */
export const ensureBuiltin =
  ({ repo, inTransaction, audit }: Pick<ProviderDeps, 'repo' | 'inTransaction' | 'audit'>) =>
  async (workspaceId: string): Promise<Connection> => {
    const toConnection = ({ id, label }: { id: string; label: string }): Connection => ({
      ...{ id, label, workspaceId },
      kind: 'builtin',
    });
    const existing = await repo.findBuiltin(workspaceId);
    if (existing) return toConnection(existing);
    return inTransaction(async (tx) => {
      const id = newId();
      const nothing = { baseUrl: null, secret: null, secretHint: null };
      const row = await repo.insertBuiltin(tx, { id, workspaceId, kind: 'builtin', label: BUILTIN_LABEL, ...nothing });
      if (row.id === id) {
        const details = { label: BUILTIN_LABEL, kind: 'builtin' };
        const entry = { action: 'connection.created', subject: 'connection', subjectId: id, details };
        await audit(tx, systemActor(workspaceId), entry);
      }
      return toConnection(row);
    });
  };

/** Tells what a failed call revealed; the next check finds out whether it lasts. */
export const noteFailure =
  ({ repo }: Pick<ProviderDeps, 'repo'>) =>
  async (workspaceId: string, connectionId: string, error: unknown): Promise<void> => {
    if (!isProviderFailure(error)) return;
    const health = healthAfterFailure(error);
    if (health) await repo.worsen(workspaceId, connectionId, health, error.message, milderThan(health));
  };
