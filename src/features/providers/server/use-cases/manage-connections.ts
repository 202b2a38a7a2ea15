import type { Actor } from '@/lib/actor';
import { newId } from '@/lib/new-id';
import { builtinIsFixed, connectionInUse, connectionNotFound, secretNeeded } from '../../provider.errors';
import type { ConnectionCreateInput, ConnectionSummary, ConnectionUpdateInput } from '../../provider.schema';
import type { ProviderDeps } from '../provider.service';
import { hintOf, sealSecret } from '../secret';
import { checkNow } from './check-connections';
import { getConnection } from './list-connections';
import type { StoredConnection } from './open-connection';

type Deps = ProviderDeps;

/**
 * Saves a connection with its key sealed, then asks the provider. A key that does not work is saved all the same and
 * shown as such: what was typed is not lost. The address may be a private one on purpose (own GPU servers), which is
 * why this needs `providers:manage`.
 */
export const createConnection =
  (deps: Deps) =>
  async (actor: Actor, input: ConnectionCreateInput): Promise<ConnectionSummary> => {
    actor.require('providers:manage');
    const id = newId();
    const { workspaceId } = actor;
    const { kind, label, secret } = input;
    const baseUrl = input.baseUrl ? withoutSlash(input.baseUrl) : null;
    const sealed = secret
      ? { secret: sealSecret(deps.secretKey(), secret, { id, baseUrl }), secretHint: hintOf(secret) }
      : { secret: null, secretHint: null };
    await deps.inTransaction(async (tx) => {
      await deps.repo.insert(tx, { id, workspaceId, kind, label, baseUrl, ...sealed });
      const details = { label, kind, baseUrl, hasSecret: !!secret };
      await deps.audit(tx, actor, { action: 'connection.created', subject: 'connection', subjectId: id, details });
    });
    await checkNow(deps, workspaceId, id);
    return getConnection(deps)(actor, id);
  };

/**
 * Changes name, address or key; a new address needs the key again.
 * @throws not_found `providers.not_found`; invalid_input `providers.secret_needed`, `providers.builtin_is_fixed`
 */
export const updateConnection =
  (deps: Deps) =>
  async (actor: Actor, input: ConnectionUpdateInput): Promise<ConnectionSummary> => {
    actor.require('providers:manage');
    const { id } = input;
    const changed = await deps.inTransaction(async (tx) => {
      const row = await deps.repo.lock(tx, actor.workspaceId, id);
      if (!row) throw connectionNotFound();
      const change = changeOf(deps, row, input);
      const names = Object.keys(change).filter((name) => name !== 'secretHint');
      if (names.length === 0) return names;
      await deps.repo.update(tx, actor.workspaceId, id, change);
      const { label, baseUrl } = { ...row, ...change };
      const details = { label, baseUrl, changed: names };
      await deps.audit(tx, actor, { action: 'connection.updated', subject: 'connection', subjectId: id, details });
      return names;
    });
    if (changed.includes('secret') || changed.includes('baseUrl')) await checkNow(deps, actor.workspaceId, id);
    return getConnection(deps)(actor, id);
  };

function changeOf(deps: Pick<Deps, 'secretKey'>, row: StoredConnection, input: ConnectionUpdateInput) {
  const { id, label, secret } = input;
  const asked = input.baseUrl && withoutSlash(input.baseUrl);
  const baseUrl = asked === row.baseUrl ? undefined : asked;
  if (row.kind === 'builtin' && (baseUrl || secret)) throw builtinIsFixed();
  if (baseUrl && row.secret !== null && !secret) throw secretNeeded();
  const place = { id, baseUrl: baseUrl ?? row.baseUrl };
  return {
    ...(label && label !== row.label && { label }),
    ...(baseUrl && { baseUrl }),
    ...(secret && { secret: sealSecret(deps.secretKey(), secret, place), secretHint: hintOf(secret) }),
  };
}

/** @throws conflict `providers.in_use` while jobs, models or releases of agents depend on it */
export const deleteConnection =
  (deps: Deps) =>
  async (actor: Actor, id: string): Promise<void> => {
    actor.require('providers:manage');
    await deps.inTransaction(async (tx) => {
      const row = await deps.repo.lock(tx, actor.workspaceId, id);
      if (!row) throw connectionNotFound();
      const inUse = connectionInUse(row.label, await deps.usesOf(tx, actor.workspaceId, id));
      if (inUse) throw inUse;
      await deps.repo.delete(tx, actor.workspaceId, id);
      const details = { label: row.label, kind: row.kind };
      await deps.audit(tx, actor, { action: 'connection.deleted', subject: 'connection', subjectId: id, details });
    });
  };

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');
