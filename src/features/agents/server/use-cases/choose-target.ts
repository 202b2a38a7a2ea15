import type { Actor } from '@/lib/actor';
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
