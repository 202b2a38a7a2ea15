import type { Actor } from '@/lib/actor';
import type { Page } from '@/lib/keyset';
import type { Tx } from '@/lib/transaction';
import { modelInUse, modelNotFound } from '../../model.errors';
import type { ModelDetail, ModelListInput, ModelSummary, ModelUpdateInput } from '../../model.schema';
import type { ModelDeps } from '../model.service';

type Deps = ModelDeps;

export const listModels =
  ({ queries }: Pick<Deps, 'queries'>) =>
  (actor: Actor, input: ModelListInput): Promise<Page<ModelSummary>> => {
    actor.require('models:read');
    return queries.list(actor.workspaceId, input);
  };

export const getModel =
  ({ queries, usesOf }: Pick<Deps, 'queries' | 'usesOf'>) =>
  async (actor: Actor, id: string): Promise<ModelDetail> => {
    actor.require('models:read');
    const [model, usedBy] = await Promise.all([queries.get(actor.workspaceId, id), usesOf(actor.workspaceId, id)]);
    if (!model) throw modelNotFound();
    return { ...model, usedBy };
  };

/** Retires a model (it stays, but is offered no more) or takes it back. */
export const updateModel =
  (deps: Pick<Deps, 'repo' | 'queries' | 'usesOf'>) =>
  async (actor: Actor, input: ModelUpdateInput): Promise<ModelDetail> => {
    actor.require('models:write');
    const { count } = await deps.repo.setStatus(actor.workspaceId, input.id, input.status);
    if (count === 0) throw modelNotFound();
    return getModel(deps)(actor, input.id);
  };

/**
 * Removes a model from Tuneloop. The provider keeps its copy: deleting there is the provider's own, irreversible act.
 * @throws conflict `models.in_use` while an agent's active release answers with it
 */
export const deleteModel =
  ({ repo, queries, usesOf, audit, inTransaction, clock }: Deps) =>
  async (actor: Actor, id: string): Promise<void> => {
    actor.require('models:write');
    const model = await queries.get(actor.workspaceId, id);
    if (!model) throw modelNotFound();
    await inTransaction(async (tx) => {
      if (!(await repo.lock(tx, actor.workspaceId, id, 'delete'))) throw modelNotFound();
      const active = (await usesOf(actor.workspaceId, id, tx)).filter((use) => use.active);
      const slugs = active.map((use) => use.slug);
      if (slugs.length > 0) throw modelInUse(model.label, slugs);
      await repo.markDeleted(tx, actor.workspaceId, id, clock.now());
      await audit(tx, actor, {
        action: 'model.deleted',
        subject: 'model',
        subjectId: id,
        details: { label: model.label },
      });
    });
  };

/** For whoever makes something that answers with a model: it cannot be deleted until the transaction ends. */
export const claimModel =
  ({ repo }: Pick<Deps, 'repo'>) =>
  async (tx: Tx, workspaceId: string, id: string): Promise<void> => {
    if (!(await repo.lock(tx, workspaceId, id, 'share'))) throw modelNotFound();
  };
