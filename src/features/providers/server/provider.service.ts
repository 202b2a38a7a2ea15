import type { InferenceFactory, InferenceProvider } from '@/integrations/inference/inference-port';
import type { ProviderSettings } from '@/integrations/provider-settings';
import type { Capabilities, TrainingProvider } from '@/integrations/training/training-port';
import type { TrainingRegistry } from '@/integrations/training/training-registry';
import type { Actor } from '@/lib/actor';
import type { Clock } from '@/lib/clock';
import type { InTransaction, Tx } from '@/lib/transaction';
import type { ConnectionUses } from '../provider.errors';
import type {
  BaseModel,
  ConnectionCreateInput,
  ConnectionKind,
  ConnectionSummary,
  ConnectionUpdateInput,
} from '../provider.schema';
import type { ProviderQueries } from './provider.queries';
import type { ProviderRepository } from './provider.repository';
import { checkConnection, checkDue } from './use-cases/check-connections';
import { ensureBuiltin, noteFailure } from './use-cases/keep-connections';
import { findBaseModel, getConnection, listBaseModels, listConnections } from './use-cases/list-connections';
import { createConnection, deleteConnection, updateConnection } from './use-cases/manage-connections';
import { claimConnection, openConnection } from './use-cases/open-connection';

/** What other slices may know about a connection. Holds no secret. */
export interface Connection {
  id: string;
  workspaceId: string;
  kind: ConnectionKind;
  label: string;
}

/** A connection ready to be talked to. Adapters are made on demand and hold no connections open. */
export interface OpenConnection {
  connection: Connection;
  caps: Capabilities;
  training: TrainingProvider;
  inference: InferenceProvider;
}

export interface ProviderService {
  list(actor: Actor): Promise<ConnectionSummary[]>;
  get(actor: Actor, id: string): Promise<ConnectionSummary>;
  create(actor: Actor, input: ConnectionCreateInput): Promise<ConnectionSummary>;
  update(actor: Actor, input: ConnectionUpdateInput): Promise<ConnectionSummary>;
  /** @throws conflict `providers.in_use` while jobs or models depend on it */
  delete(actor: Actor, id: string): Promise<void>;
  /** Asks the provider now and stores what it said. */
  check(actor: Actor, id: string): Promise<ConnectionSummary>;
  /** Every base model of every connection, available ones first. */
  listBaseModels(actor: Actor): Promise<BaseModel[]>;
  /** @throws not_found `providers.base_model_unknown` */
  baseModel(workspaceId: string, connectionId: string, baseModelId: string): Promise<BaseModel>;
  /**
   * @throws not_found `providers.not_found`
   * @throws precondition_failed `providers.trainer_missing`, `secrets.cannot_open`
   */
  open(workspaceId: string, connectionId: string): Promise<OpenConnection>;
  /** Keeps a connection from being deleted until the transaction ends. @throws not_found `providers.not_found` */
  claim(tx: Tx, workspaceId: string, connectionId: string): Promise<void>;
  /** The workspace's connection to the built-in trainer, made if it is not there. Safe to call at once from many places. */
  ensureBuiltin(workspaceId: string): Promise<Connection>;
  /** Tells what a failed call revealed, so that a closed or broken connection shows as such at once. */
  noteFailure(workspaceId: string, connectionId: string, error: unknown): Promise<void>;
  /** Takes or prolongs the right to poll a connection. False = another process has it until its lease ends. */
  lease(connectionId: string, owner: string, forMs: number): Promise<boolean>;
  /** Connections whose last check is older than the interval. */
  checkDue(): Promise<{ checked: number }>;
}

export interface ProviderDeps {
  repo: ProviderRepository;
  queries: ProviderQueries;
  inTransaction: InTransaction;
  clock: Clock;
  audit(
    tx: Tx,
    actor: Actor,
    entry: { action: string; subject: string; subjectId: string; details?: Record<string, unknown> },
  ): Promise<void>;
  training: TrainingRegistry;
  /** @throws precondition_failed `providers.kind_unknown` */
  inference(kind: string): InferenceFactory;
  /** 32 bytes that seal keys. Read when needed: a build has none. */
  secretKey(): Buffer;
  /** Address and key of this installation's trainer; null = it has none. */
  builtin(): ProviderSettings | null;
  /** What depends on a connection. Jobs, models and agents come later in the order of slices, so it is handed in. */
  usesOf(tx: Tx, workspaceId: string, connectionId: string): Promise<ConnectionUses>;
}

/** Accounts at training providers: their keys, their health, what can be tuned there. */
export const createProviderService = (deps: ProviderDeps): ProviderService => ({
  list: listConnections(deps),
  get: getConnection(deps),
  create: createConnection(deps),
  update: updateConnection(deps),
  delete: deleteConnection(deps),
  check: checkConnection(deps),
  listBaseModels: listBaseModels(deps),
  baseModel: findBaseModel(deps),
  open: openConnection(deps),
  claim: claimConnection(deps),
  ensureBuiltin: ensureBuiltin(deps),
  noteFailure: noteFailure(deps),
  lease: deps.repo.lease,
  checkDue: checkDue(deps),
});
