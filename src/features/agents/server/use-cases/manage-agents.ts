import type { Actor } from '@/lib/actor';
import type { Page } from '@/lib/keyset';
import { agentNotFound, slugTaken } from '../../agent.errors';
import type { AgentCreateInput, AgentDetail, AgentListInput, AgentSummary, AgentUpdateInput } from '../../agent.schema';
import type { AgentDeps } from '../agent.service';
import { chooseTarget, claimTarget } from './choose-target';

export const listAgents =
  ({ queries }: Pick<AgentDeps, 'queries'>) =>
  (actor: Actor, input: AgentListInput): Promise<Page<AgentSummary>> => {
    actor.require('agents:read');
    return queries.list(actor.workspaceId, input);
  };

export const getAgent =
  ({ queries }: Pick<AgentDeps, 'queries'>) =>
  async (actor: Actor, id: string): Promise<AgentDetail> => {
    actor.require('agents:read');
    const agent = await queries.get(actor.workspaceId, { id });
    if (!agent) throw agentNotFound();
    return agent;
  };

/** Makes an agent; with a model chosen also its first, active release. @throws conflict `agents.slug_taken` */
export const createAgent =
  (deps: AgentDeps) =>
  async (actor: Actor, input: AgentCreateInput): Promise<AgentDetail> => {
    actor.require('agents:write');
    const { repo, inTransaction, audit, clock } = deps;
    const target = await chooseTarget(deps, actor, input);
    const id = await inTransaction(async (tx) => {
      const agent = await repo.insert(tx, {
        workspaceId: actor.workspaceId,
        slug: input.slug,
        name: input.name,
        description: input.description ?? null,
      });
      if (!agent) throw slugTaken(input.slug);
      if (target) {
        await claimTarget(deps, tx, actor.workspaceId, target);
        const release = await repo.insertRelease(tx, {
          workspaceId: actor.workspaceId,
          agentId: agent.id,
          ...{ modelId: target.modelId, connectionId: target.connectionId, providerModelId: target.providerModelId },
          modelLabel: target.label,
          systemPrompt: input.systemPrompt,
          parameters: input.parameters,
          note: null,
          createdById: actor.kind === 'user' ? actor.id : null,
          createdByLabel: actor.label,
        });
        await repo.activate(tx, agent.id, release.id, clock.now());
      }
      await audit(tx, actor, {
        action: 'agent.created',
        subject: 'agent',
        subjectId: agent.id,
        details: { slug: agent.slug },
      });
      return agent.id;
    });
    return getAgent(deps)(actor, id);
  };

export const updateAgent =
  (deps: Pick<AgentDeps, 'repo' | 'queries'>) =>
  async (actor: Actor, { id, ...change }: AgentUpdateInput): Promise<AgentDetail> => {
    actor.require('agents:write');
    const { count } = await deps.repo.update(actor.workspaceId, id, change);
    if (count === 0) throw agentNotFound();
    return getAgent(deps)(actor, id);
  };

/** From the next call on the slug answers 404; conversations and releases stay for the record. */
export const deleteAgent =
  ({ repo, inTransaction, audit, clock }: Pick<AgentDeps, 'repo' | 'inTransaction' | 'audit' | 'clock'>) =>
  async (actor: Actor, id: string): Promise<void> => {
    actor.require('agents:write');
    await inTransaction(async (tx) => {
      const { count } = await repo.markDeleted(tx, actor.workspaceId, id, clock.now());
      if (count === 0) throw agentNotFound();
      await audit(tx, actor, { action: 'agent.deleted', subject: 'agent', subjectId: id });
    });
  };
