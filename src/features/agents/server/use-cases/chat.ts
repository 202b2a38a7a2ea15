import type { CompletionRequest, CompletionUsage, ToolCall } from '@/integrations/inference/inference-port';
import { isProviderFailure } from '@/integrations/provider-failure';
import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/app-error';
import { newId } from '@/lib/new-id';
import { noRelease, releaseNotFound, unknownModelName } from '../../agent.errors';
import type { ReleaseSummary } from '../../agent.schema';
import { promptOf, samplingOf } from '../../chat.rules';
import type { AgentDeps } from '../agent.service';
import type { Call, ChatRequest, Outcome } from './chat-call';
import { recordCall } from './record-call';

export interface ChatPiece {
  content?: string;
  toolCalls?: { index: number; id?: string; name?: string; arguments?: string }[];
  finishReason?: string;
  usage?: CompletionUsage;
}

/** A running answer. `conversationId` is known before the first piece, so that a caller may rate it later. */
export interface ChatAnswer {
  conversationId: string;
  agent: { id: string; slug: string };
  release: ReleaseSummary;
  pieces: AsyncIterable<ChatPiece>;
}

type Deps = Pick<AgentDeps, 'repo' | 'queries' | 'providers' | 'money' | 'conversations' | 'inTransaction' | 'clock'>;

/**
 * Answers as an agent, and keeps what was said: also when the provider fails or the caller hangs up half way, with what
 * was generated until then. Always streamed inside; a door that wants one answer collects the pieces.
 *
 * @throws not_found `agents.no_such_model`; precondition_failed `agents.no_release`; budget_exceeded `budgets.cap_reached`
 */
export const createChat =
  (deps: Deps) =>
  async (actor: Actor, request: ChatRequest): Promise<ChatAnswer> => {
    actor.require('agents:call');
    const slug = request.input.model;
    const agent = await deps.repo.findBySlug(actor.workspaceId, slug);
    if (!agent) throw unknownModelName(slug);
    const release = request.releaseId
      ? await deps.repo.findRelease(agent.id, request.releaseId)
      : await deps.repo.activeRelease(agent.id);
    if (!release) throw request.releaseId ? releaseNotFound() : noRelease(slug);
    const { connectionId } = release.target;
    const { connection, inference } = await deps.providers.open(actor.workspaceId, connectionId);
    const scope = { agentId: agent.id, connectionId, connectionKind: connection.kind };
    await deps.money.assertCanSpend(actor.workspaceId, scope);
    const call = {
      actor,
      request,
      release,
      conversationId: newId(),
      agent: { id: agent.id, slug, keep: agent.keepConversations },
      connectionKind: connection.kind,
    };
    const stream = inference.stream(toProviderRequest(request, release));
    return { conversationId: call.conversationId, agent: call.agent, release, pieces: observe(deps, call, stream) };
  };

/** Passes the pieces on and, however the stream ends, records the call exactly once. */
async function* observe(deps: Deps, call: Call, stream: AsyncIterable<ChatPiece>): AsyncGenerator<ChatPiece> {
  const started = performance.now();
  const toolCalls: ToolCall[] = [];
  const outcome: Omit<Outcome, 'latencyMs'> = {
    status: 'interrupted',
    error: null,
    content: '',
    toolCalls,
    usage: null,
  };
  try {
    for await (const piece of stream) {
      outcome.content += piece.content ?? '';
      for (const part of piece.toolCalls ?? []) mergeToolCall(toolCalls, part);
      if (piece.usage) outcome.usage = piece.usage;
      yield piece;
    }
    outcome.status = 'ok';
  } catch (error) {
    const aborted = call.request.signal.aborted;
    outcome.status = aborted ? 'interrupted' : 'error';
    outcome.error = error instanceof Error ? error.message : String(error);
    throw aborted ? error : toChatError(error);
  } finally {
    await recordCall(deps, call, { ...outcome, latencyMs: Math.round(performance.now() - started) });
  }
}

function mergeToolCall(calls: ToolCall[], part: NonNullable<ChatPiece['toolCalls']>[number]): void {
  const call = calls[part.index] ?? { id: '', type: 'function', function: { name: '', arguments: '' } };
  calls[part.index] = call;
  if (part.id) call.id = part.id;
  call.function.name += part.name ?? '';
  call.function.arguments += part.arguments ?? '';
}

function toProviderRequest({ input, signal }: ChatRequest, release: ReleaseSummary): CompletionRequest {
  return {
    model: release.target.providerModelId,
    messages: promptOf(release.systemPrompt, input.messages) as CompletionRequest['messages'],
    ...samplingOf(release.parameters, input),
    stop: input.stop ?? undefined,
    seed: input.seed ?? undefined,
    presencePenalty: input.presence_penalty ?? undefined,
    frequencyPenalty: input.frequency_penalty ?? undefined,
    tools: input.tools,
    toolChoice: input.tool_choice ?? undefined,
    responseFormat: input.response_format ?? undefined,
    signal,
  };
}

function toChatError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (!isProviderFailure(error)) {
    return new AppError({
      kind: 'provider_failed',
      reason: 'agents.provider_unreachable',
      message:
        'The provider behind this agent did not answer. Try again; if it stays, check the connection under Providers.',
      cause: error,
    });
  }
  const waitMs = error.retryAfterMs;
  if (error.class === 'rate_limit') {
    return new AppError({
      kind: 'rate_limited',
      reason: 'agents.provider_busy',
      message: `The provider asks to slow down: ${error.message}`,
      ...(waitMs !== undefined && { retryAfterMs: waitMs }),
      cause: error,
    });
  }
  const kind =
    error.class === 'invalid'
      ? 'invalid_input'
      : error.class === 'transient' || error.class === 'unknown_outcome'
        ? 'provider_failed'
        : 'precondition_failed';
  return new AppError({ kind, reason: `agents.provider_${error.class}`, message: error.message, cause: error });
}
