import type { InferenceProvider } from '@/integrations/inference/inference-port';
import type { Capabilities, TrainingProvider } from '@/integrations/training/training-port';
import type { Actor } from '@/lib/actor';
import type {
  BaseModel,
  ConnectionCreateInput,
  ConnectionKind,
  ConnectionSummary,
  ConnectionUpdateInput,
} from '../provider.schema';

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
  /** The workspace's connection to the built-in trainer, made if it is not there. Safe to call at once from many places. */
  ensureBuiltin(workspaceId: string): Promise<Connection>;
  /** Tells what a failed call revealed, so that a closed or broken connection shows as such at once. */
  noteFailure(workspaceId: string, connectionId: string, error: unknown): Promise<void>;
  /** Takes or prolongs the right to poll a connection. False = another process has it until its lease ends. */
  lease(connectionId: string, owner: string, forMs: number): Promise<boolean>;
  /** Connections whose last check is older than the interval. */
  checkDue(): Promise<{ checked: number }>;
}
