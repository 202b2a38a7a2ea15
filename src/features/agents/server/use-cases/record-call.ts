import { storableText } from '@/lib/storable-text';
import { textOf } from '../../chat.rules';
import type { AgentDeps } from '../agent.service';
import type { NewMessage } from '../conversation.repository';
import type { Call, Outcome } from './chat-call';

type Deps = Pick<AgentDeps, 'money' | 'conversations' | 'inTransaction'>;

/** Keeps the conversation and books its cost in one transaction. An agent may be set to keep no text: it then keeps figures. */
export async function recordCall(deps: Deps, call: Call, outcome: Outcome): Promise<void> {
  const { actor, agent, release } = call;
  const tokensIn = outcome.usage?.promptTokens ?? 0;
  const tokensOut = outcome.usage?.completionTokens ?? 0;
  const { connectionId, providerModelId } = release.target;
  const cost = await deps.money.costOf(actor.workspaceId, {
    connectionKind: call.connectionKind,
    model: providerModelId,
    tokens: outcome.usage && { in: tokensIn, out: tokensOut },
  });
  const messages = agent.keep ? [...storedMessages(call), answerOf(outcome)] : [];
  await deps.inTransaction(async (tx) => {
    await deps.conversations.insert(
      tx,
      {
        id: call.conversationId,
        workspaceId: actor.workspaceId,
        agentId: agent.id,
        releaseId: release.id,
        source: call.request.source,
        status: outcome.status,
        error: outcome.error && storableText(outcome.error),
        tokensIn,
        tokensOut,
        costNanoUsd: cost,
        latencyMs: outcome.latencyMs,
      },
      messages,
    );
    if (cost !== null && cost > 0n) {
      await deps.money.charge(tx, {
        workspaceId: actor.workspaceId,
        key: `conversation:${call.conversationId}`,
        amount: cost,
        agentId: agent.id,
        connectionId,
        description: `Call of ${agent.slug}: ${tokensIn} tokens in, ${tokensOut} out`,
      });
    }
  });
}

function answerOf({ content, toolCalls }: Outcome) {
  const raw = toolCalls.length > 0 ? { role: 'assistant', content: content || null, tool_calls: toolCalls } : null;
  return storable({ role: 'assistant', content, raw });
}

/** The text of what a caller sent, for the record and for search. */
const storedMessages = (call: Call) =>
  call.request.input.messages.map((message) =>
    storable({
      role: message.role,
      content: textOf(message.content),
      raw: typeof message.content === 'string' && !message.tool_calls && !message.tool_call_id ? null : { ...message },
    }),
  );

const storable = (message: NewMessage): NewMessage => JSON.parse(JSON.stringify(message, unreadableOut)) as NewMessage;

const unreadableOut = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? storableText(value) : value;
