import type { Actor } from '@/lib/actor';
import { availableFirst, baseModelsOf, type ConnectionFacts, isoDay } from '../../base-model.rules';
import { baseModelUnknown, connectionNotFound, trainerMissing } from '../../provider.errors';
import type { BaseModel, ConnectionSummary } from '../../provider.schema';
import type { ConnectionRow } from '../provider.queries';
import type { ProviderDeps } from '../provider.service';

type Deps = Pick<ProviderDeps, 'queries' | 'training' | 'builtin' | 'clock'>;

export const listConnections =
  (deps: Deps) =>
  async (actor: Actor): Promise<ConnectionSummary[]> => {
    actor.require('providers:read');
    return (await deps.queries.list(actor.workspaceId)).map((row) => toSummary(deps, row));
  };

export const getConnection =
  (deps: Deps) =>
  async (actor: Actor, id: string): Promise<ConnectionSummary> => {
    actor.require('providers:read');
    const row = await deps.queries.get(actor.workspaceId, id);
    if (!row) throw connectionNotFound();
    return toSummary(deps, row);
  };

/** Every base model of every connection, available ones first. */
export const listBaseModels =
  (deps: Deps) =>
  async (actor: Actor): Promise<BaseModel[]> => {
    actor.require('providers:read');
    const rows = await deps.queries.list(actor.workspaceId);
    return availableFirst(rows.flatMap((row) => modelsOf(deps, row)));
  };

export const findBaseModel =
  (deps: Deps) =>
  async (workspaceId: string, connectionId: string, baseModelId: string): Promise<BaseModel> => {
    const row = await deps.queries.get(workspaceId, connectionId);
    const model = row && modelsOf(deps, row).find(({ id }) => id === baseModelId);
    if (!model) throw baseModelUnknown(baseModelId);
    return model;
  };

const modelsOf = (deps: Deps, row: ConnectionRow): BaseModel[] =>
  baseModelsOf(factsOf(deps, row), isoDay(deps.clock.now()));

function factsOf({ training, builtin }: Deps, { baseModels, ...row }: ConnectionRow): ConnectionFacts {
  const obstacle = row.kind === 'builtin' && !builtin() ? trainerMissing().message : null;
  return { ...row, listed: baseModels, free: training.get(row.kind).caps.free, obstacle };
}

function toSummary(deps: Deps, row: ConnectionRow): ConnectionSummary {
  const { id, kind, label, baseUrl, secretHint, health, healthMessage, lastCheckedAt, createdAt } = row;
  return {
    ...{ id, kind, label, baseUrl, secretHint, health, healthMessage, lastCheckedAt, createdAt },
    hasSecret: secretHint !== null,
    free: deps.training.get(kind).caps.free,
    baseModelCount: modelsOf(deps, row).length,
  };
}
