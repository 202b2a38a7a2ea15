import type { InferenceProvider } from '@/integrations/inference/inference-port';
import type { Actor } from '@/lib/actor';
import type { Clock } from '@/lib/clock';
import type { Money } from '@/lib/money';
import type { InTransaction, Tx } from '@/lib/transaction';
import type { AgentQueries } from './agent.queries';
import type { AgentRepository } from './agent.repository';
import type { ConversationQueries } from './conversation.queries';
import type { ConversationRepository } from './conversation.repository';
import { createChat } from './use-cases/chat';
import {
  analyseAgent,
  getConversation,
  importConversations,
  listConversations,
  rateConversation,
} from './use-cases/conversations';
import { createAgent, deleteAgent, getAgent, listAgents, updateAgent } from './use-cases/manage-agents';
import { activateRelease, createRelease, deployModel } from './use-cases/manage-releases';

/** What can answer: where it runs and what it is called there. */
export interface ModelTarget {
  modelId: string | null;
  connectionId: string;
  providerModelId: string;
  label: string;
}

export interface AgentDeps {
  repo: AgentRepository;
  queries: AgentQueries;
  conversations: ConversationRepository;
  conversationQueries: ConversationQueries;
  inTransaction: InTransaction;
  clock: Clock;
  audit(
    tx: Tx,
    actor: Actor,
    entry: { action: string; subject: string; subjectId: string; details?: Record<string, unknown> },
  ): Promise<void>;
  models: {
    get(
      actor: Actor,
      id: string,
    ): Promise<{ label: string; status: string; providerModelId: string; connection: { id: string } }>;
    /** Keeps the model from being deleted until the transaction ends. @throws not_found `models.not_found` */
    claim(tx: Tx, workspaceId: string, id: string): Promise<void>;
  };
  providers: {
    open(
      workspaceId: string,
      connectionId: string,
    ): Promise<{ connection: { kind: string }; inference: InferenceProvider }>;
    baseModel(workspaceId: string, connectionId: string, id: string): Promise<{ id: string }>;
    /** Keeps the connection from being deleted until the transaction ends. @throws not_found `providers.not_found` */
    claim(tx: Tx, workspaceId: string, connectionId: string): Promise<void>;
  };
  money: {
    /** @throws budget_exceeded when a blocking budget has nothing left */
    assertCanSpend(
      workspaceId: string,
      scope: { agentId: string; connectionId: string; connectionKind: string },
    ): Promise<void>;
    /** Cost of a call, or null when the price is unknown, or the tokens are (the provider counts at the end only). */
    costOf(
      workspaceId: string,
      call: { connectionKind: string; model: string; tokens: { in: number; out: number } | null },
    ): Promise<Money | null>;
    charge(
      tx: Tx,
      request: {
        workspaceId: string;
        key: string;
        amount: Money;
        agentId: string;
        connectionId: string;
        description: string;
      },
    ): Promise<unknown>;
  };
  datasets: {
    createFromLines(
      actor: Actor,
      input: {
        datasetId?: string;
        name?: string;
        source: 'conversations';
        sourceLabel?: string;
        lines: AsyncIterable<string>;
      },
    ): Promise<{ datasetId: string; versionId: string }>;
  };
}

/** Stable names that callers use, the releases behind them, and what was said. */
export const createAgentService = (deps: AgentDeps) => ({
  list: listAgents(deps),
  get: getAgent(deps),
  create: createAgent(deps),
  update: updateAgent(deps),
  delete: deleteAgent(deps),
  createRelease: createRelease(deps),
  activateRelease: activateRelease(deps),
  deployModel: deployModel(deps),
  chat: createChat(deps),
  listAnswering: (actor: Actor) => {
    actor.require('agents:call');
    return deps.queries.answering(actor.workspaceId);
  },
  listConversations: listConversations(deps),
  getConversation: getConversation(deps),
  rate: rateConversation(deps),
  importConversations: importConversations(deps),
  analytics: analyseAgent(deps),
  usesOfModel: deps.queries.usesOfModel,
});

export type AgentService = ReturnType<typeof createAgentService>;
