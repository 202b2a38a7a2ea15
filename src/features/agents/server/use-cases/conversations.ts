import type { Actor } from '@/lib/actor';
import type { Page } from '@/lib/keyset';
import { agentNotFound, conversationNotFound, nothingToImport } from '../../agent.errors';
import { toTrainingLine } from '../../chat.rules';
import type {
  AgentAnalytics,
  ConversationDetail,
  ConversationListInput,
  ConversationSummary,
  ImportConversationsInput,
  Imported,
  RateInput,
} from '../../conversation.schema';
import type { AgentDeps } from '../agent.service';
import type { ConversationForTraining } from '../conversation.queries';

type Reader = Pick<AgentDeps, 'conversationQueries' | 'repo'>;

export const listConversations =
  ({ conversationQueries }: Reader) =>
  (actor: Actor, input: ConversationListInput): Promise<Page<ConversationSummary>> => {
    actor.require('agents:read');
    return conversationQueries.list(actor.workspaceId, input);
  };

export const getConversation =
  ({ conversationQueries }: Reader) =>
  async (actor: Actor, id: string): Promise<ConversationDetail> => {
    actor.require('agents:read');
    const conversation = await conversationQueries.get(actor.workspaceId, id);
    if (!conversation) throw conversationNotFound();
    return conversation;
  };

/** The last rating counts; every one is kept with who gave it. */
export const rateConversation =
  ({ conversations, inTransaction }: Pick<AgentDeps, 'conversations' | 'inTransaction'>) =>
  async (actor: Actor, input: RateInput): Promise<void> => {
    actor.require('agents:call');
    await inTransaction(async (tx) => {
      const { count } = await conversations.setRating(tx, actor.workspaceId, input.conversationId, input.rating);
      if (count === 0) throw conversationNotFound();
      await conversations.addFeedback(tx, {
        conversationId: input.conversationId,
        rating: input.rating,
        comment: input.comment ?? null,
        byLabel: actor.label,
      });
    });
  };

/**
 * Streams matching conversations into a new dataset, or into the next version of one. Only those count that were answered
 * and whose text was kept; `conversations` of the answer is how many that were.
 * @throws invalid_input `agents.nothing_to_import`
 */
export const importConversations =
  ({ repo, conversationQueries, datasets }: Pick<AgentDeps, 'repo' | 'conversationQueries' | 'datasets'>) =>
  async (actor: Actor, input: ImportConversationsInput): Promise<Imported> => {
    actor.require('datasets:write');
    actor.require('agents:read');
    const agent = await repo.find(actor.workspaceId, input.agentId);
    if (!agent) throw agentNotFound();
    const rows = conversationQueries.forTraining(actor.workspaceId, input, input.conversationIds);
    const lines = trainingLines(rows);
    const first = await lines.next();
    if (first.done) throw nothingToImport();
    let conversations = 0;
    async function* counted(): AsyncGenerator<string> {
      for (let next = first; !next.done; next = await lines.next()) {
        conversations++;
        yield next.value;
      }
    }
    const made = await datasets.createFromLines(actor, {
      ...(input.datasetId ? { datasetId: input.datasetId } : { name: input.name ?? `${agent.name} conversations` }),
      source: 'conversations',
      sourceLabel: agent.slug,
      lines: counted(),
    });
    return { ...made, conversations };
  };

async function* trainingLines(rows: AsyncIterable<ConversationForTraining>): AsyncGenerator<string> {
  for await (const { systemPrompt, messages } of rows) {
    const line = toTrainingLine(systemPrompt, messages);
    if (line) yield line;
  }
}

export const analyseAgent =
  ({ repo, conversationQueries }: Reader) =>
  async (actor: Actor, agentId: string, days: number): Promise<AgentAnalytics> => {
    actor.require('agents:read');
    if (!(await repo.find(actor.workspaceId, agentId))) throw agentNotFound();
    return conversationQueries.analytics(actor.workspaceId, agentId, days);
  };
