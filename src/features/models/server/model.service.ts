import type { Actor } from '@/lib/actor';
import type { Clock } from '@/lib/clock';
import type { InTransaction, Tx } from '@/lib/transaction';
import type { ModelDetail } from '../model.schema';
import type { ModelQueries } from './model.queries';
import type { ModelRepository } from './model.repository';
import { claimModel, deleteModel, getModel, listModels, updateModel } from './use-cases/manage-models';
import { registerModel, saveProof } from './use-cases/register-model';

export interface ModelDeps {
  repo: ModelRepository;
  queries: ModelQueries;
  inTransaction: InTransaction;
  clock: Clock;
  audit(
    tx: Tx,
    actor: Actor,
    entry: { action: string; subject: string; subjectId: string; details?: Record<string, unknown> },
  ): Promise<void>;
  /** Which agents use a model. Agents come later in the order of slices, so the composition root hands this in. */
  usesOf(workspaceId: string, modelId: string, tx?: Tx): Promise<ModelDetail['usedBy']>;
}

/** Fine-tuned models: registered by jobs, proven on held-out examples, put behind agents. */
export const createModelService = (deps: ModelDeps) => ({
  list: listModels(deps),
  get: getModel(deps),
  update: updateModel(deps),
  delete: deleteModel(deps),
  claim: claimModel(deps),
  register: registerModel(deps),
  saveProof: saveProof(deps),
  count: deps.queries.count,
});

export type ModelService = ReturnType<typeof createModelService>;
