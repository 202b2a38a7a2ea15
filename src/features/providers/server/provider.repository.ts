import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';
import type { ListedModel } from '../base-model.rules';
import type { ConnectionHealth, ConnectionKind } from '../provider.schema';

export interface NewConnection {
  id: string;
  workspaceId: string;
  kind: ConnectionKind;
  label: string;
  baseUrl: string | null;
  /** Sealed, or null. */
  secret: string | null;
  secretHint: string | null;
}

export interface CheckResult {
  health: ConnectionHealth;
  healthMessage: string | null;
  lastCheckedAt: Date;
  capabilities: object;
  /** Null keeps what was listed before: a provider that is down has not lost its models. */
  baseModels: ListedModel[] | null;
}

/** The only place that reads a secret, still sealed. */
const withSecret = {
  id: true,
  workspaceId: true,
  kind: true,
  label: true,
  baseUrl: true,
  secret: true,
  health: true,
  healthMessage: true,
} as const;

export const providerRepository = {
  insert: (tx: Tx, connection: NewConnection) =>
    database(tx).providerConnection.create({ data: connection, select: { id: true } }),

  /**
   * The workspace's built-in connection, made if it is not there. The lock makes two callers queue up, so the second
   * finds what the first has made.
   */
  insertBuiltin: async (tx: Tx, connection: NewConnection) => {
    const { workspaceId } = connection;
    await database(tx).$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`builtin/${workspaceId}`}, 11))`;
    const existing = await providerRepository.findBuiltin(workspaceId, tx);
    return existing ?? database(tx).providerConnection.create({ data: connection, select: { id: true, label: true } });
  },

  findBuiltin: (workspaceId: string, tx?: Tx) =>
    database(tx).providerConnection.findFirst({
      where: { workspaceId, kind: 'builtin' },
      orderBy: { createdAt: 'asc' },
      select: { id: true, label: true },
    }),

  find: (workspaceId: string, id: string) =>
    database().providerConnection.findFirst({ where: { id, workspaceId }, select: withSecret }),

  /** Connections never checked, or not since `before`; the longest ago first. */
  findDue: (before: Date, limit: number) =>
    database().providerConnection.findMany({
      where: { OR: [{ lastCheckedAt: null }, { lastCheckedAt: { lt: before } }] },
      orderBy: { lastCheckedAt: { sort: 'asc', nulls: 'first' } },
      take: limit,
      select: withSecret,
    }),

  /** Locks the row: a key and the address it is for change together. */
  lock: async (tx: Tx, workspaceId: string, id: string) => {
    await database(tx).$queryRaw`
      SELECT id FROM provider_connections WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid FOR UPDATE`;
    return database(tx).providerConnection.findFirst({ where: { id, workspaceId }, select: withSecret });
  },

  /** Keeps the row until the transaction ends; checks and leases of others go on. */
  share: async (tx: Tx, workspaceId: string, id: string): Promise<boolean> => {
    const rows = await database(tx).$queryRaw<unknown[]>`
      SELECT id FROM provider_connections
      WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid FOR KEY SHARE`;
    return rows.length > 0;
  },

  update: (
    tx: Tx,
    workspaceId: string,
    id: string,
    change: { label?: string; baseUrl?: string; secret?: string; secretHint?: string },
  ) => database(tx).providerConnection.updateMany({ where: { id, workspaceId }, data: change }),

  delete: (tx: Tx, workspaceId: string, id: string) =>
    database(tx).providerConnection.deleteMany({ where: { id, workspaceId } }),

  saveCheck: (workspaceId: string, id: string, { baseModels, ...result }: CheckResult) =>
    database().providerConnection.updateMany({
      where: { id, workspaceId },
      data: { ...result, ...(baseModels && { baseModels: baseModels as object[] }) },
    }),

  /** Only from a milder state, so a small trouble never hides a great one. */
  worsen: (workspaceId: string, id: string, health: ConnectionHealth, message: string, from: ConnectionHealth[]) =>
    database().providerConnection.updateMany({
      where: { id, workspaceId, health: { in: from } },
      data: { health, healthMessage: message },
    }),

  /** One statement on the database's clock: of many that ask at once, one gets it. */
  lease: async (id: string, owner: string, forMs: number): Promise<boolean> => {
    const changed = await database().$executeRaw`
      UPDATE provider_connections
      SET lease_owner = ${owner}, lease_until = clock_timestamp() + ${forMs}::float8 * interval '1 millisecond'
      WHERE id = ${id}::uuid
        AND (lease_owner = ${owner} OR lease_until IS NULL OR lease_until <= clock_timestamp())`;
    return changed === 1;
  },
};

export type ProviderRepository = typeof providerRepository;
