import type { Actor } from '@/lib/actor';
import type { Page, PageInput } from '@/lib/keyset';
import type { Role } from '@/lib/permissions';
import { hashToken } from '@/platform/crypto/secret-box';
import { mayGrant } from '../../role.rules';
import { apiKeyNotFound, grantTooHigh } from '../../workspace.errors';
import type { ApiKeyCreated, ApiKeyCreateInput, ApiKeySummary } from '../../workspace.schema';
import { makeApiKey, prefixOf } from '../api-key';
import type { WorkspaceDeps } from '../workspace.service';

type Deps = Pick<WorkspaceDeps, 'repo' | 'queries' | 'inTransaction' | 'clock'>;

export const listApiKeys =
  ({ queries }: Deps) =>
  (actor: Actor, page: PageInput): Promise<Page<ApiKeySummary>> => {
    actor.require('keys:manage');
    return queries.apiKeys(actor.workspaceId, page);
  };

/** Makes a key and returns it this once; only its hash is stored. @throws forbidden `workspaces.grant_too_high` */
export const createApiKey =
  ({ repo, inTransaction }: Deps) =>
  async (actor: Actor, input: ApiKeyCreateInput): Promise<ApiKeyCreated> => {
    actor.require('keys:manage');
    if (!mayGrant(actor.role, input.role)) throw grantTooHigh(input.role);
    const key = makeApiKey();
    return inTransaction(async (tx) => {
      const row = await repo.createApiKey(tx, {
        workspaceId: actor.workspaceId,
        name: input.name,
        prefix: prefixOf(key),
        hash: hashToken(key),
        role: input.role,
        createdById: actor.kind === 'user' ? actor.id : null,
      });
      await repo.addAudit(tx, actor, {
        action: 'api_key.created',
        subject: 'api_key',
        subjectId: row.id,
        details: { name: row.name, role: row.role },
      });
      const { id, name, prefix, createdAt, lastUsedAt, revokedAt } = row;
      return { id, name, prefix, role: row.role as Role, createdAt, lastUsedAt, revokedAt, key };
    });
  };

/** Takes effect with the next request that carries the key. */
export const revokeApiKey =
  ({ repo, inTransaction, clock }: Deps) =>
  async (actor: Actor, id: string): Promise<void> => {
    actor.require('keys:manage');
    await inTransaction(async (tx) => {
      const { count } = await repo.revokeKey(tx, actor.workspaceId, id, clock.now());
      if (count === 0) throw apiKeyNotFound();
      await repo.addAudit(tx, actor, { action: 'api_key.revoked', subject: 'api_key', subjectId: id });
    });
  };
