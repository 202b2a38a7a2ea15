import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/app-error';
import { idSchema } from '@/lib/ids';
import type { Tx } from '@/lib/transaction';
import { agentNotFound, nothingToRelease, releaseModelGone, releaseNotFound, slugTaken } from '../../agent.errors';
import type {
  Deployed,
  DeployInput,
  ReleaseActivateInput,
  ReleaseCreateInput,
  ReleaseSummary,
} from '../../agent.schema';
import { slugFrom } from '../../chat.rules';
import type { AgentDeps, ModelTarget } from '../agent.service';
import { chooseTarget, claimTarget } from './choose-target';

/** A new active release; what is not given comes from the one that answers now. @throws invalid_input `agents.no_model_chosen` */
export const createRelease =
  (deps: AgentDeps) =>
  async (actor: Actor, input: ReleaseCreateInput): Promise<ReleaseSummary> => {
    actor.require('agents:write');
    if (!(await deps.repo.find(actor.workspaceId, input.agentId))) throw agentNotFound();
    const target = await chooseTarget(deps, actor, input);
    return deps.inTransaction((tx) => release(deps, tx, actor, { ...input, target }));
  };

/**
 * Rolls back (or forward): an older release answers again, unchanged, also with a model that was retired meanwhile. Takes
 * effect with the next call.
 * @throws conflict `agents.release_model_gone` when its model was deleted
 */
export const activateRelease =
  (deps: Pick<AgentDeps, 'repo' | 'models' | 'providers' | 'inTransaction' | 'audit' | 'clock'>) =>
  async (actor: Actor, { agentId, releaseId }: ReleaseActivateInput): Promise<ReleaseSummary> => {
    actor.require('agents:write');
    const { repo, inTransaction, audit, clock } = deps;
    return inTransaction(async (tx) => {
      if (!(await repo.find(actor.workspaceId, agentId, tx))) throw agentNotFound();
      await repo.lock(tx, agentId);
      const chosen = await repo.findRelease(agentId, releaseId, tx);
      if (!chosen) throw releaseNotFound();
      await claimTarget(deps, tx, actor.workspaceId, chosen.target).catch((error: unknown) => {
        throw error instanceof AppError ? releaseModelGone(chosen.number, chosen.target.label) : error;
      });
      const at = clock.now();
      await repo.activate(tx, agentId, releaseId, at);
      await audit(tx, actor, {
        action: 'release.activated',
        subject: 'agent',
        subjectId: agentId,
        details: { release: chosen.number, model: chosen.target.label },
      });
      return { ...chosen, active: true, activatedAt: at };
    });
  };

/** Puts a model behind an agent in one act; a slug nobody has yet makes the agent. */
export const deployModel =
  (deps: AgentDeps) =>
  async (actor: Actor, input: DeployInput): Promise<Deployed> => {
    actor.require('agents:write');
    const target = await chooseTarget(deps, actor, { modelId: input.modelId });
    return deps.inTransaction(async (tx) => {
      const { agent, created } = await agentFor(deps, tx, actor, input.agent);
      const made = await release(deps, tx, actor, { agentId: agent.id, note: input.note, target });
      return { agentId: agent.id, slug: agent.slug, release: made.number, created };
    });
  };

async function agentFor({ repo, audit }: AgentDeps, tx: Tx, actor: Actor, wanted: string) {
  const { workspaceId } = actor;
  if (idSchema.safeParse(wanted).success) {
    const agent = await repo.find(workspaceId, wanted, tx);
    if (!agent) throw agentNotFound();
    return { agent, created: false };
  }
  const existing = await repo.findBySlug(workspaceId, wanted, tx);
  if (existing) return { agent: existing, created: false };
  const slug = slugFrom(wanted);
  const name = slug.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());
  const agent = await repo.insert(tx, { workspaceId, slug, name, description: null });
  if (!agent) {
    // Somebody made it a moment ago: then this deploy is its next release.
    const made = await repo.findBySlug(workspaceId, slug, tx);
    if (!made) throw slugTaken(slug);
    return { agent: made, created: false };
  }
  await audit(tx, actor, { action: 'agent.created', subject: 'agent', subjectId: agent.id, details: { slug } });
  return { agent, created: true };
}

interface ReleaseRequest extends Omit<ReleaseCreateInput, 'modelId' | 'baseModel'> {
  target: ModelTarget | null;
}

async function release(deps: AgentDeps, tx: Tx, actor: Actor, request: ReleaseRequest): Promise<ReleaseSummary> {
  const { repo, audit, clock } = deps;
  await repo.lock(tx, request.agentId);
  const current = await repo.activeRelease(request.agentId, tx);
  const target = request.target ?? current?.target ?? null;
  if (!target) throw nothingToRelease();
  await claimTarget(deps, tx, actor.workspaceId, target);
  const made = await repo.insertRelease(tx, {
    workspaceId: actor.workspaceId,
    agentId: request.agentId,
    ...{ modelId: target.modelId, connectionId: target.connectionId, providerModelId: target.providerModelId },
    modelLabel: target.label,
    systemPrompt: request.systemPrompt ?? current?.systemPrompt ?? '',
    parameters: request.parameters ?? current?.parameters ?? {},
    note: request.note ?? null,
    createdById: actor.kind === 'user' ? actor.id : null,
    createdByLabel: actor.label,
  });
  const at = clock.now();
  await repo.activate(tx, request.agentId, made.id, at);
  await audit(tx, actor, {
    action: 'release.created',
    subject: 'agent',
    subjectId: request.agentId,
    details: { release: made.number, model: target.label },
  });
  return { ...made, active: true, activatedAt: at };
}
