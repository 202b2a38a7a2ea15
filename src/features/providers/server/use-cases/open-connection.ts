import type { ProviderSettings } from '@/integrations/provider-settings';
import type { Tx } from '@/lib/transaction';
import { addressMissing, connectionNotFound, trainerMissing } from '../../provider.errors';
import type { ConnectionKind } from '../../provider.schema';
import type { OpenConnection, ProviderDeps } from '../provider.service';
import { openSecret } from '../secret';

type Deps = Pick<ProviderDeps, 'repo' | 'training' | 'inference' | 'secretKey' | 'builtin'>;

export interface StoredConnection {
  id: string;
  workspaceId: string;
  kind: string;
  label: string;
  baseUrl: string | null;
  secret: string | null;
}

/** Makes the adapters of a connection; its key is open from here on, in memory only. */
export const openConnection =
  (deps: Deps) =>
  async (workspaceId: string, connectionId: string): Promise<OpenConnection> => {
    const row = await deps.repo.find(workspaceId, connectionId);
    if (!row) throw connectionNotFound();
    return openRow(deps, row);
  };

/** For whoever makes something that needs the connection. */
export const claimConnection =
  ({ repo }: Pick<Deps, 'repo'>) =>
  async (tx: Tx, workspaceId: string, connectionId: string): Promise<void> => {
    if (!(await repo.share(tx, workspaceId, connectionId))) throw connectionNotFound();
  };

export function openRow(deps: Omit<Deps, 'repo'>, row: StoredConnection): OpenConnection {
  const kind = row.kind as ConnectionKind;
  const factory = deps.training.get(kind);
  const settings = settingsOf(deps, row, factory.baseUrl);
  const { id, workspaceId, label } = row;
  return {
    connection: { id, workspaceId, kind, label },
    caps: factory.caps,
    training: factory.make(settings),
    inference: deps.inference(kind)(settings),
  };
}

function settingsOf(deps: Omit<Deps, 'repo'>, row: StoredConnection, publicUrl: string | null): ProviderSettings {
  if (row.kind === 'builtin') {
    const trainer = deps.builtin();
    if (!trainer) throw trainerMissing();
    return trainer;
  }
  const baseUrl = row.baseUrl ?? publicUrl;
  if (!baseUrl) throw addressMissing();
  return { baseUrl, apiKey: row.secret === null ? '' : openSecret(deps.secretKey(), row.secret, row) };
}
