import type { Actor } from '@/lib/actor';
import type { Page, PageInput } from '@/lib/keyset';
import type { Role } from '@/lib/permissions';
import type { Tx } from '@/lib/transaction';
import { hashToken } from '@/platform/crypto/secret-box';
import { keyStatus, roleOfKey } from '../../api-key.rules';
import { mayGrant } from '../../role.rules';
import { apiKeyNotFound, grantTooHigh, membershipEnded } from '../../workspace.errors';
import type { ApiKeyCreated, ApiKeyCreateInput, ApiKeySummary } from '../../workspace.schema';
import { makeApiKey, prefixOf } from '../api-key';
import type { ApiKeyRow } from '../workspace.queries';
import type { WorkspaceDeps } from '../workspace.service';

type Deps = Pick<WorkspaceDeps, 'repo' | 'queries' | 'inTransaction' | 'clock'>;

export const listApiKeys =
  ({ queries }: Deps) =>
  async (actor: Actor, page: PageInput): Promise<Page<ApiKeySummary>> => {
    actor.require('keys:manage');
    const { items, nextCursor } = await queries.apiKeys(actor.workspaceId, page);
    return { items: items.map(toSummary), nextCursor };
  };

/**
 * Makes a key and returns it this once; only its hash is stored. It acts for the person who asks, and for no longer than
 * they are a member (decision 019).
 *
 * @throws forbidden `workspaces.grant_too_high` | `workspaces.membership_ended`
 */
export const createApiKey =
  ({ repo, inTransaction }: Deps) =>
  async (actor: Actor, input: ApiKeyCreateInput): Promise<ApiKeyCreated> => {
    actor.require('keys:manage');
    if (!mayGrant(actor.role, input.role)) throw grantTooHigh(input.role);
    const key = makeApiKey();
    return inTransaction(async (tx) => {
      const maker = await makerOf(repo, tx, actor);
      if (maker && !mayGrant(maker.role, input.role)) throw grantTooHigh(input.role);
      const row = await repo.createApiKey(tx, {
        workspaceId: actor.workspaceId,
        name: input.name,
        prefix: prefixOf(key),
        hash: hashToken(key),
        role: input.role,
        createdById: maker?.userId ?? null,
      });
      await repo.addAudit(tx, actor, {
        action: 'api_key.created',
        subject: 'api_key',
        subjectId: row.id,
        details: { name: row.name, role: row.role },
      });
      return { ...toSummary({ ...row, role: input.role, maker }), key };
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

interface Maker {
  userId: string;
  name: string;
  role: Role;
}

/**
 * Whom a key made by `actor` acts for. A key that makes another hands on its own maker, or a member could leave themselves
 * a way back in. Null: made on the machine, by whoever owns it. Their membership cannot end before the transaction does.
 */
async function makerOf(repo: Deps['repo'], tx: Tx, { kind, id, workspaceId }: Actor): Promise<Maker | null> {
  const userId = kind === 'api_key' && id !== null ? await repo.makerOfKey(tx, workspaceId, id) : id;
  if (userId === null) return null;
  const member = await repo.holdMember(tx, workspaceId, userId);
  if (!member) throw membershipEnded();
  return { userId, ...member };
}

function toSummary(row: ApiKeyRow): ApiKeySummary {
  const { id, name, prefix, role, createdAt, lastUsedAt, maker } = row;
  const makerRole = maker?.role ?? null;
  return {
    ...{ id, name, prefix, role, createdAt, lastUsedAt, makerRole },
    mayAs: roleOfKey(role, makerRole),
    status: keyStatus(row),
    maker: maker && (maker.name ?? 'somebody whose account is gone'),
  };
}
