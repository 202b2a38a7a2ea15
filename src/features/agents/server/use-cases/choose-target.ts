import type { Actor } from '@/lib/actor';
import type { Tx } from '@/lib/transaction';
import { modelRetired } from '../../agent.errors';
import type { AgentDeps, ModelTarget } from '../agent.service';

interface Choice {
  modelId?: string | undefined;
  baseModel?: { connectionId: string; id: string } | undefined;
}

/** The model somebody chose, checked to be of this workspace; null when nothing was chosen. */
export async function chooseTarget(
  { models, providers }: Pick<AgentDeps, 'models' | 'providers'>,
  actor: Actor,
  choice: Choice,
): Promise<ModelTarget | null> {
  if (choice.modelId) {
    const model = await models.get(actor, choice.modelId);
    if (model.status === 'retired') throw modelRetired(model.label);
    return {
      modelId: choice.modelId,
      connectionId: model.connection.id,
      providerModelId: model.providerModelId,
      label: model.label,
    };
  }
  if (choice.baseModel) {
    const { connectionId, id } = choice.baseModel;
    const base = await providers.baseModel(actor.workspaceId, connectionId, id);
    return { modelId: null, connectionId, providerModelId: base.id, label: base.id };
  }
  return null;
}

/** What a release answers with cannot be deleted until the transaction ends. @throws not_found */
export async function claimTarget(
  { models, providers }: Pick<AgentDeps, 'models' | 'providers'>,
  tx: Tx,
  workspaceId: string,
  { modelId, connectionId }: Pick<ModelTarget, 'modelId' | 'connectionId'>,
): Promise<void> {
  if (modelId) await models.claim(tx, workspaceId, modelId);
  await providers.claim(tx, workspaceId, connectionId);
}
