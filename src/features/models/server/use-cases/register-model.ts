import type { Actor } from '@/lib/actor';
import type { Tx } from '@/lib/transaction';
import { familyName } from '../../model.rules';
import type { ModelProof } from '../../model.schema';
import type { NewModel } from '../model.repository';
import type { ModelDeps } from '../model.service';

export type RegisterModel = Omit<NewModel, 'family'> & { datasetName: string };

/**
 * Makes a finished job a model: the next version of its dataset's family. Idempotent by job, so a repeated step
 * gives the same model. Runs in the caller's transaction, together with the job's own change.
 */
export const registerModel =
  ({ repo }: Pick<ModelDeps, 'repo'>) =>
  async (
    tx: Tx,
    { datasetName, ...model }: RegisterModel,
  ): Promise<{ id: string; family: string; version: number }> => {
    const family = familyName(datasetName);
    // Before the look: two runs of one step must not both find nothing.
    const version = await repo.nextVersion(tx, model.workspaceId, family);
    const existing = await repo.findByJob(tx, model.jobId);
    if (existing) return existing;
    return repo.insert(tx, { ...model, family }, version);
  };

/** Stores the held-out comparison and makes the model ready, whatever the comparison says. */
export const saveProof =
  ({ repo }: Pick<ModelDeps, 'repo'>) =>
  async (actor: Actor, id: string, proof: ModelProof): Promise<void> => {
    actor.require('models:write');
    await repo.saveProof(actor.workspaceId, id, proof);
  };
