import 'server-only';
import { type ChatAnswer, chatCompletionInput } from '@/features/agents/server';
import { idSchema } from '@/lib/ids';
import { parseInput, readJson } from '@/platform/rest/read-json';
import { services } from '../services';
import { errorEvent, openAiDoor } from './openai-door';

const MAX_BYTES = 16 * 1024 * 1024;
/** Sent by our own playground; its value is the id of the release to ask, or empty for the active one. */
const PLAYGROUND_HEADER = 'x-tuneloop-playground';

type Piece = ChatAnswer['pieces'] extends AsyncIterable<infer P> ? P : never;

/** `POST /api/v1/chat/completions` for API keys, and for the playground by session. */
export async function chatCompletions(request: Request): Promise<Response> {
  return openAiDoor(request, async (actor, requestId) => {
    const input = parseInput(chatCompletionInput, await readJson(request, MAX_BYTES), 'body');
    const playground = actor.kind === 'user' ? request.headers.get(PLAYGROUND_HEADER) : null;
    const releaseId = playground ? parseInput(idSchema, playground, 'release') : undefined;
    const source = playground === null ? 'api' : 'playground';
    const hangUp = new AbortController();
    const signal = AbortSignal.any([request.signal, hangUp.signal]);
    const answer = await services().agents.chat(actor, { input, source, releaseId, signal });
    const headers = { 'x-request-id': requestId, 'x-tuneloop-conversation': answer.conversationId };
    if (!input.stream) return Response.json(await collect(answer), { headers });
    const body = eventStream(answer, { withUsage: input.stream_options?.include_usage === true, hangUp, requestId });
    return new Response(body, {
      headers: { ...headers, 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
    });
  });
}

const base = (answer: ChatAnswer) => ({
  id: `chatcmpl-${answer.conversationId}`,
  created: Math.floor(Date.now() / 1000),
  model: answer.agent.slug,
});

async function collect(answer: ChatAnswer) {
  let content = '';
  let finish = 'stop';
  let usage: Piece['usage'];
  const calls: { id: string; type: 'function'; function: { name: string; arguments: string } }[] = [];
  for await (const piece of answer.pieces) {
    content += piece.content ?? '';
    finish = piece.finishReason ?? finish;
    usage = piece.usage ?? usage;
    for (const part of piece.toolCalls ?? []) {
      const call = calls[part.index] ?? { id: part.id ?? '', type: 'function', function: { name: '', arguments: '' } };
      calls[part.index] = call;
      call.function.name += part.name ?? '';
      call.function.arguments += part.arguments ?? '';
    }
  }
  const message = {
    role: 'assistant',
    content: content || (calls.length > 0 ? null : ''),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  const choices = [{ index: 0, message, finish_reason: finish, logprobs: null }];
  return { ...base(answer), object: 'chat.completion', choices, ...(usage && { usage: usageBody(usage) }) };
}

interface StreamOptions {
  withUsage: boolean;
  hangUp: AbortController;
  requestId: string;
}

/** Server-sent chunks in OpenAI's shape. Cancelling the response closes the provider's request. */
function eventStream(answer: ChatAnswer, { withUsage, hangUp, requestId }: StreamOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const head = { ...base(answer), object: 'chat.completion.chunk' };
  const line = (value: unknown) =>
    encoder.encode(`data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`);
  const chunk = (delta: object, finish: string | null = null) =>
    line({ ...head, choices: [{ index: 0, delta, finish_reason: finish }] });
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield chunk({ role: 'assistant', content: '' });
    try {
      for await (const piece of answer.pieces) {
        if (piece.content) yield chunk({ content: piece.content });
        if (piece.toolCalls) yield chunk({ tool_calls: piece.toolCalls.map(toolCallDelta) });
        if (piece.finishReason) yield chunk({}, piece.finishReason);
        if (piece.usage && withUsage) yield line({ ...head, choices: [], usage: usageBody(piece.usage) });
      }
      yield line('[DONE]');
    } catch (error) {
      yield line(errorEvent(error, requestId));
    }
  }
  const source = bytes();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel(reason) {
      hangUp.abort(reason);
      await source.return(undefined).catch(() => undefined);
    },
  });
}

const toolCallDelta = ({ index, id, name, arguments: args }: NonNullable<Piece['toolCalls']>[number]) => ({
  index,
  ...(id && { id, type: 'function' }),
  function: { ...(name && { name }), arguments: args ?? '' },
});

const usageBody = (usage: NonNullable<Piece['usage']>) => ({
  prompt_tokens: usage.promptTokens,
  completion_tokens: usage.completionTokens,
  total_tokens: usage.promptTokens + usage.completionTokens,
  prompt_tokens_details: { cached_tokens: usage.cachedPromptTokens },
});
